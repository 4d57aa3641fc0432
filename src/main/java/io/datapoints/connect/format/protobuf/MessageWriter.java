package io.datapoints.connect.format.protobuf;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a message of a few fields, in the order of the calls. */
public final class MessageWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Writes a field of the types int32 or int64. */
  public MessageWriter number(int field, long value) {
    return write(() -> out.writeInt64(field, value));
  }

  /** Writes a field of the type string. */
  public MessageWriter text(int field, String value) {
    return write(() -> out.writeString(field, value));
  }

  /** Writes a message as a field. */
  public MessageWriter message(int field, MessageWriter value) {
    return write(() -> out.writeByteArray(field, value.bytes()));
  }

  /** The message. */
  public byte[] bytes() {
    write(out::flush);
    return bytes.toByteArray();
  }

  /** What writes to the stream, which is memory. */
  @FunctionalInterface
  private interface Step {

    void run() throws IOException;
  }

  private MessageWriter write(Step step) {
    try {
      step.run();
      return this;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
