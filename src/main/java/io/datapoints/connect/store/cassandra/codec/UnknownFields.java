package io.datapoints.connect.store.cassandra.codec;

/** Receives the fields of a record that a table or a type does not have. */
@FunctionalInterface
public interface UnknownFields {

  /** Reports a field of this name. */
  void met(String name);
}
