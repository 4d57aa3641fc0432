package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.model.InvalidValue;
import java.nio.ByteBuffer;

/** Encodes values for one CQL type, in the format of the native protocol. Stateless. */
public interface CellCodec {

  /** The {@link #width()} of types whose values differ in length. */
  int VARIABLE = -1;

  /**
   * Writes the value as it goes over the wire, without its length.
   *
   * @param value as {@link io.datapoints.connect.model.MappedRecord} lists them; never null
   * @param into holds an incomplete value after an exception
   * @param unknown receives the fields that the type does not have
   * @throws InvalidValue for a value that the type cannot hold exactly
   */
  void encode(Object value, ValueBytes into, UnknownFields unknown);

  /** Whether a blank text is a value of the type; it stands for null in all others. */
  default boolean takesBlank() {
    return false;
  }

  /** Whether a value is a text without characters other than white space, or no bytes. */
  static boolean isBlank(Object value) {
    return value instanceof String text
        ? text.isBlank()
        : value instanceof ByteBuffer bytes && !bytes.hasRemaining();
  }

  /** Bytes of each value if Cassandra fixes the length of the type, or {@link #VARIABLE}. */
  default int width() {
    return VARIABLE;
  }
}
