package io.datapoints.connect.model;

import java.util.function.Supplier;

/** Takes the good samples of one record, and a reason for each bad part of it. */
public interface SampleSink {

  /** Takes a sample that breaks no rule. */
  void accept(Sample sample);

  /**
   * Announces that the record has at least so many samples, before a reader that collects them
   * passes them on.
   *
   * @throws TooManySamplesException if a record must not have so many; {@link #accept} throws it
   *     too
   */
  default void announce(int samples) {}

  /**
   * Rejects a part of the record that breaks a rule.
   *
   * @param rule the broken rule, for metrics
   * @param reason names the field and the rule, never a value of the payload
   */
  void reject(Rule rule, String reason);

  /**
   * Counts a part of the record that is sound and says nothing to store, such as the mark at the
   * end of a series.
   */
  default void skip() {}

  /**
   * Like {@link #reject(Rule, String)}, for a reason that may occur every few bytes: the text is
   * built only if it is kept.
   */
  default void reject(Rule rule, Supplier<String> reason) {
    reject(rule, reason.get());
  }

  /**
   * Rejects a point whose time or value has another type than it must have; KairosDB, which
   * converts before it validates, tells such errors from others.
   */
  default void rejectUnconverted(Rule rule, Supplier<String> reason) {
    reject(rule, reason);
  }
}
