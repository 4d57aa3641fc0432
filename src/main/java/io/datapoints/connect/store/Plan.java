package io.datapoints.connect.store;

import io.datapoints.connect.model.Rule;

/** What a store makes of a sample: a {@link Row} to write, nothing any more, or a refusal. */
public sealed interface Plan permits Row, Plan.Expired, Plan.Rejected {

  /** The sample's time to live is over: it is dropped without an error, as KairosDB drops it. */
  enum Expired implements Plan {
    EXPIRED
  }

  /**
   * The store cannot hold this sample.
   *
   * @param rule which one it breaks
   * @param reason names the field and the rule, never a value of the payload
   */
  record Rejected(Rule rule, String reason) implements Plan {

    /** A limit of the store, for which there is no rule of its own. */
    public Rejected(String reason) {
      this(Rule.STORE_LIMIT, reason);
    }
  }
}
