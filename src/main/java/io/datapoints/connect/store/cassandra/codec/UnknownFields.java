package io.datapoints.connect.store.cassandra.codec;

/** Takes note of fields of a record for which a table or a type has no place. */
@FunctionalInterface
public interface UnknownFields {

  /** There is a field of this name, and no place for it. */
  void met(String name);
}
