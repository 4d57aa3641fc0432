package io.datapoints.connect.config;

/** What happens to a record whose value is null. */
public enum NullValues {
  /** The record is counted and skipped; nothing is deleted. */
  IGNORE,
  /** The task fails. */
  FAIL,
  /** The record is a bad one: dead-lettered, logged or fatal, as the errors.* settings say. */
  REPORT
}
