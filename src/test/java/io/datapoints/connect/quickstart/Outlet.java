package io.datapoints.connect.quickstart;

/** The way of messages to the topic that a connector reads. For use by one thread. */
interface Outlet extends AutoCloseable {

  /** Sends it, now or together with others. */
  void send(Message message);

  /**
   * Returns once Kafka has everything that was sent.
   *
   * @throws IllegalStateException if something was refused
   */
  void flush();

  /** May be called more than once. */
  @Override
  void close();
}
