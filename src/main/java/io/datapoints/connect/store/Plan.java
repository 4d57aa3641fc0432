package io.datapoints.connect.store;

/** What a store makes of a sample: a {@link Row} to write, nothing any more, or a refusal. */
public sealed interface Plan permits Row, Plan.Expired, Plan.Rejected {

  /** The sample's time to live is over: it is dropped without an error, as KairosDB drops it. */
  enum Expired implements Plan {
    EXPIRED
  }

  /**
   * The store cannot hold this sample.
   *
   * @param reason names the field and the rule, never a value of the payload
   */
  record Rejected(String reason) implements Plan {}
}
