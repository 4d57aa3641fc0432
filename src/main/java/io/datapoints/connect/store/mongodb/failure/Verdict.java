package io.datapoints.connect.store.mongodb.failure;

/** What an error says about what was attempted. */
public enum Verdict {
  /** Time cures it. */
  UNAVAILABLE,

  /** Two upserts met over one absent document: the same operation succeeds when tried again. */
  RACE,

  /** The content of the operation is at fault. */
  REFUSED,

  /** Nobody knows what is at fault; what becomes of other operations tells. */
  DECLINED,

  /** Only an operator cures it. */
  FATAL;

  /** Whether the content of one operation may be at fault, so that it has to stand alone. */
  public boolean mayBlameOne() {
    return this == RACE || this == REFUSED || this == DECLINED;
  }
}
