package io.datapoints.connect.config;

/** What happens to a record whose value is null. */
public enum NullValues {
  /** It is counted and passed over: nothing is deleted. */
  IGNORE,
  /** The task fails. */
  FAIL,
  /** It is a bad record like any other: dead-lettered, logged or fatal, as errors.* says. */
  REPORT
}
