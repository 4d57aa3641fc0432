package io.datapoints.connect.store;

import io.datapoints.connect.model.Rule;

/** What a store makes of a sample: a {@link Row} to write, nothing, or a refusal. */
public sealed interface Plan permits Row, Plan.Expired, Plan.Nothing, Plan.Rejected {

  /** The sample's time to live is over: it is dropped without an error, as KairosDB drops it. */
  enum Expired implements Plan {
    EXPIRED
  }

  /**
   * The sample says nothing that could be written: none of what it has is mapped, or its record has
   * no value where nothing is deleted.
   */
  enum Nothing implements Plan {
    NOTHING
  }

  /**
   * The store cannot hold this sample.
   *
   * @param rule which one it breaks
   * @param reason names each field and the rule that it breaks, never a value of the payload
   */
  record Rejected(Rule rule, String reason) implements Plan {

    /** A limit of the store, for which there is no rule of its own. */
    public Rejected(String reason) {
      this(Rule.STORE_LIMIT, reason);
    }
  }
}
