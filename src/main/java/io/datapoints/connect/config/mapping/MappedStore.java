package io.datapoints.connect.config.mapping;

/** The stores that a mapping can write to. Each has its own settings for a table. */
public enum MappedStore {
  CASSANDRA,
  MONGODB
}
