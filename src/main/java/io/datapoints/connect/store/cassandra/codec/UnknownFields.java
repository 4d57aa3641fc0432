package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.model.InvalidValue;

/** Receives the fields of a record that a table or a type does not have. */
@FunctionalInterface
public interface UnknownFields {

  /** Reports a field of this name that a table lacks, and that is not written. */
  void met(String name);

  /**
   * Reports a field of this name that a user defined type lacks. The type may just have got it;
   * otherwise the record cannot be written, since the value of the column would lose a part.
   *
   * @throws InvalidValue if the type was looked up since the field was first met
   */
  default void lacks(String name) {
    met(name);
  }
}
