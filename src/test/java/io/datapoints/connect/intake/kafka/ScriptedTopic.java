package io.datapoints.connect.intake.kafka;

/** A topic that looks as the test says. */
final class ScriptedTopic implements TopicLook {

  static final TopicState WELL = new TopicState.Ready(1_048_588, true, "");
  static final TopicState AWAY = new TopicState.Unusable("Kafka does not answer", false);
  static final TopicState MISSING = new TopicState.Unusable("Topic metrics does not exist", true);

  TopicState state = WELL;
  int looks;
  boolean closed;

  @Override
  public TopicState look() {
    looks++;
    return state;
  }

  @Override
  public void close() {
    closed = true;
  }
}
