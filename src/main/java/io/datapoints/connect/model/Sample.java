package io.datapoints.connect.model;

/** One accepted measurement on its way to a store. */
public sealed interface Sample permits DataPoint, MappedRecord {

  /** The record that carried this sample. */
  RecordOrigin origin();
}
