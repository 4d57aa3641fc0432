package io.datapoints.connect.model;

import java.util.function.Supplier;

/**
 * Takes what one record yields: its good samples, and the reason for each part that is not good.
 */
public interface SampleSink {

  /** A sample that obeys every rule. */
  void accept(Sample sample);

  /**
   * The record has so many samples at least: said by a reader that keeps them before it gives them.
   *
   * @throws TooManySamplesException where a record may not have so many; so does {@link #accept}
   */
  default void announce(int samples) {}

  /**
   * A part of the record that breaks a rule.
   *
   * @param rule which one, for metrics
   * @param reason names the field and the rule, never a value of the payload
   */
  void reject(Rule rule, String reason);

  /**
   * As {@link #reject(Rule, String)}, for reasons of which a record can have one in every few
   * bytes: the text is only made if it is kept.
   */
  default void reject(Rule rule, Supplier<String> reason) {
    reject(rule, reason.get());
  }
}
