package io.datapoints.connect.store.mongodb;

/** What an error says about what was attempted. */
enum Verdict {
  /** Time cures it. */
  UNAVAILABLE,

  /** Two upserts met over one absent document: the same operation succeeds when tried again. */
  RACE,

  /** The content of the operation is at fault. */
  REFUSED,

  /** Only an operator cures it. */
  FATAL
}
