package io.datapoints.connect.quickstart;

/** Sends messages and counts them; after every thousandth one follows a bad record. */
final class Feed implements AutoCloseable {

  private static final int MESSAGES_PER_BAD_RECORD = 1_000;

  private final Outlet outlet;
  private final Outlet topic;
  private final BadRecords bad;
  private long good;
  private long badRecords;

  /**
   * @param outlet where good messages go; closed with this
   * @param topic where bad records go, past every check; closed with this
   */
  Feed(Outlet outlet, Outlet topic, BadRecords bad) {
    this.outlet = outlet;
    this.topic = topic;
    this.bad = bad;
  }

  void send(Message message) {
    outlet.send(message);
    good++;
    if (good % MESSAGES_PER_BAD_RECORD == 0) {
      topic.send(bad.number(badRecords));
      badRecords++;
    }
  }

  /** Good messages sent so far. */
  long good() {
    return good;
  }

  /** Bad records sent so far. */
  long badRecords() {
    return badRecords;
  }

  /**
   * Returns once Kafka has everything.
   *
   * @throws IllegalStateException if something was refused
   */
  void flush() {
    outlet.flush();
    topic.flush();
  }

  @Override
  public void close() {
    outlet.close();
    topic.close();
  }
}
