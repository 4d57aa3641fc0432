package io.datapoints.connect.model;

import java.util.function.Supplier;

/**
 * Takes what one record yields: its good samples, and the reason for each part that is not good.
 */
public interface SampleSink {

  /** A sample that obeys every rule. */
  void accept(Sample sample);

  /**
   * A part of the record that breaks a rule.
   *
   * @param reason names the field and the rule, never a value of the payload
   */
  void reject(String reason);

  /**
   * As {@link #reject(String)}, for reasons of which a record can have one in every few bytes: the
   * text is only made if it is kept.
   */
  default void reject(Supplier<String> reason) {
    reject(reason.get());
  }
}
