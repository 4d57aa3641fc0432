package io.datapoints.connect.model;

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
}
