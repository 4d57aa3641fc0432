package io.datapoints.connect.errors;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A bad record on its way to the dead letter topic. Fails with a {@link ConnectException} that says
 * which record was not written there, and what would help.
 */
final class DeadLetter implements Future<Void> {

  private final Future<Void> sent;
  private final String topic;
  private final String description;

  /**
   * @param description which record it is, what is wrong with it, and how large it is
   */
  DeadLetter(Future<Void> sent, String topic, String description) {
    this.sent = sent;
    this.topic = topic;
    this.description = description;
  }

  /** Which record it is, what is wrong with it, and, where that can be seen, how large it is. */
  static String describe(SinkRecord record, List<String> reasons) {
    return RecordError.describe(record, reasons) + size(record.value());
  }

  private static String size(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return " Its value has " + bytes.length + " bytes.";
    }
    return value instanceof String text ? " Its value has " + text.length() + " characters." : "";
  }

  /**
   * Says that a dead letter was not written.
   *
   * @param why what the producer said, in a sentence
   */
  static ConnectException lost(String topic, String description, String why, Throwable cause) {
    return new ConnectException(
        description
            + " Its dead letter was not written to "
            + topic
            + ", and it is not committed: "
            + why
            + " Where it is too large, raise producer.override.max.request.size and the topic's"
            + " max.message.bytes; else see whether the worker may write to the topic.",
        cause);
  }

  @Override
  public Void get() throws InterruptedException, ExecutionException {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  @Override
  public Void get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return sent.get(timeout, unit);
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  /** A producer's error names topics and limits, nothing of the record's content. */
  private ExecutionException failed(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new ExecutionException(
        lost(topic, description, cause.getClass().getName() + ": " + cause.getMessage(), cause));
  }

  @Override
  public boolean isDone() {
    return sent.isDone();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return sent.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean isCancelled() {
    return sent.isCancelled();
  }
}
