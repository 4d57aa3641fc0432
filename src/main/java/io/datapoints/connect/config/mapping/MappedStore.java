package io.datapoints.connect.config.mapping;

/** The stores whose tables a mapping can write; each has settings of its own for a table. */
public enum MappedStore {
  CASSANDRA,
  MONGODB
}
