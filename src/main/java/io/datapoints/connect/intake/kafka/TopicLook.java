package io.datapoints.connect.intake.kafka;

/** Looks at the topic; on the log's thread. */
interface TopicLook extends AutoCloseable {

  /** What there is now; takes a few seconds at most, and never throws for what Kafka says. */
  TopicState look();

  @Override
  void close();
}
