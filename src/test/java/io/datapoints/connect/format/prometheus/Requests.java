package io.datapoints.connect.format.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/** Requests of remote write, field by field, and compressed by the library of Snappy itself. */
public final class Requests {

  /** Writes the content of a message. */
  interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private Requests() {}

  static ByteString message(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      content.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  static ByteString join(ByteString... parts) {
    ByteString joined = ByteString.EMPTY;
    for (ByteString part : parts) {
      joined = joined.concat(part);
    }
    return joined;
  }

  static ByteString field(int number, ByteString content) {
    return message(out -> out.writeBytes(number, content));
  }

  /** A field of a series. */
  public static ByteString label(String name, String value) {
    return field(
        1,
        message(
            out -> {
              out.writeString(1, name);
              out.writeString(2, value);
            }));
  }

  /** A field of a series. */
  public static ByteString sample(double value, long millis) {
    return field(
        2,
        message(
            out -> {
              out.writeDouble(1, value);
              out.writeInt64(2, millis);
            }));
  }

  /** A field of a request. */
  public static ByteString series(ByteString... fields) {
    return field(1, join(fields));
  }

  /** The request that has these fields, compressed. */
  public static byte[] request(ByteString... fields) {
    return snappy(join(fields).toByteArray());
  }

  static byte[] snappy(byte[] plain) {
    try {
      return Snappy.compress(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
