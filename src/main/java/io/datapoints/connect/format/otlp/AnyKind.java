package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.protobuf.MessageReader;
import java.io.IOException;

/** What a value of an attribute may be; each is a long: a number, its bits, or a span. */
enum AnyKind {
  /** There is no value. */
  NONE,
  TEXT,
  LOGICAL,
  WHOLE,
  DECIMAL,
  ARRAY,
  MAP,
  BYTES;

  /** The kind that a field of the message stands for. */
  static AnyKind of(int tag) {
    return switch (tag) {
      case 1 << 3 | MessageReader.LENGTH -> TEXT;
      case 2 << 3 | MessageReader.VARINT -> LOGICAL;
      case 3 << 3 | MessageReader.VARINT -> WHOLE;
      case 4 << 3 | MessageReader.FIXED64 -> DECIMAL;
      case 5 << 3 | MessageReader.LENGTH -> ARRAY;
      case 6 << 3 | MessageReader.LENGTH -> MAP;
      case 7 << 3 | MessageReader.LENGTH -> BYTES;
      default -> NONE;
    };
  }

  /** Reads the content of a field of this kind. */
  long read(MessageReader in) throws IOException {
    return switch (this) {
      case NONE -> throw new IllegalStateException("has no content");
      case LOGICAL, WHOLE -> in.varint();
      case DECIMAL -> in.fixed64();
      case TEXT, ARRAY, MAP, BYTES -> in.span();
    };
  }
}
