package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.model.InvalidValue;

/** Encodes values for one CQL type, as the native protocol lays them out. Stateless. */
public interface CellCodec {

  /** The answer of {@link #width()} for types whose values differ in length. */
  int VARIABLE = -1;

  /**
   * Writes the value as it goes over the wire, without its length.
   *
   * @param value as {@link io.datapoints.connect.model.MappedRecord} lists them; never null
   * @param into what was written in part is worthless when an exception is thrown
   * @param unknown takes the fields for which the type has no place
   * @throws InvalidValue for a value that the type cannot hold exactly
   */
  void encode(Object value, ValueBytes into, UnknownFields unknown);

  /** Bytes of every value, where Cassandra knows them in advance. */
  default int width() {
    return VARIABLE;
  }
}
