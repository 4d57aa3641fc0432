package io.datapoints.connect.store.cassandra;

/** Takes note of fields of a record for which a table or a type has no place. */
@FunctionalInterface
interface UnknownFields {

  /** There is a field of this name, and no place for it. */
  void met(String name);
}
