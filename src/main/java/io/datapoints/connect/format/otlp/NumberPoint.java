package io.datapoints.connect.format.otlp;

import static io.datapoints.connect.format.protobuf.MessageReader.FIXED64;
import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;
import static io.datapoints.connect.format.protobuf.MessageReader.VARINT;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import java.io.IOException;

/** A point of a gauge or a sum. */
final class NumberPoint extends DataPoint {

  private static final int TIME = 3 << 3 | FIXED64;
  private static final int AS_DOUBLE = 4 << 3 | FIXED64;
  private static final int AS_INT = 6 << 3 | FIXED64;
  private static final int ATTRIBUTES = 7 << 3 | LENGTH;
  private static final int FLAGS = 8 << 3 | VARINT;

  private int kind;
  private long bits;

  @Override
  void clear() {
    kind = 0;
  }

  @Override
  boolean take(int tag, MessageReader in) throws IOException, PartFault {
    switch (tag) {
      case TIME -> nanos = in.fixed64();
      case AS_DOUBLE, AS_INT -> {
        kind = tag;
        bits = in.fixed64();
      }
      case ATTRIBUTES -> attributes.add(in);
      case FLAGS -> flags = in.varint();
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void write(PointWriter out) throws PartFault {
    switch (kind) {
      case AS_DOUBLE -> out.number(Double.longBitsToDouble(bits));
      case AS_INT -> out.number(bits);
      default -> out.skip();
    }
  }
}
