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
 * The future of a dead letter. It fails with a {@link ConnectException} that names the record that
 * was not written, and what may help.
 */
final class DeadLetter implements Future<Void> {

  private final Future<Void> sent;
  private final String topic;
  private final String description;

  /**
   * @param description the record, its reasons and its size
   */
  DeadLetter(Future<Void> sent, String topic, String description) {
    this.sent = sent;
    this.topic = topic;
    this.description = description;
  }

  /** The record, its reasons and, where it is known, its size. */
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
   * The exception for a dead letter that was not written.
   *
   * @param why the producer's error, as a sentence
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

  /** Quotes the producer's message, which names topics and limits but no content of the record. */
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
