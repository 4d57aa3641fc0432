package io.datapoints.connect.intake.kafka;

/** What one look at the topic has shown. */
sealed interface TopicState {

  /**
   * It takes records.
   *
   * @param maxMessageBytes its largest batch; {@link Integer#MAX_VALUE} if that cannot be known
   * @param inSync whether each partition has a leader and as many replicas as it needs, as far as
   *     that can be known
   * @param concern what an operator should mend though records are taken; empty for nothing
   */
  record Ready(int maxMessageBytes, boolean inSync, String concern) implements TopicState {}

  /**
   * It takes none.
   *
   * @param reason a sentence
   * @param missing whether it is known not to exist; a producer that asked for it might have the
   *     broker create it
   */
  record Unusable(String reason, boolean missing) implements TopicState {}
}
