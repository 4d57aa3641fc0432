package io.datapoints.connect.store.cassandra.failure;

/** What an exception of the driver says about an attempt; from the mildest to the worst. */
public enum Verdict {
  /** Time cures it. */
  UNAVAILABLE,

  /** The content of the statement is at fault. */
  REFUSED,

  /** The server does not like the statement: its content, or the schema it was made for. */
  INVALID,

  /** Nobody knows what is at fault; what becomes of other statements tells. */
  DECLINED,

  /** Only an operator cures it. */
  FATAL
}
