package io.datapoints.connect;

import io.datapoints.connect.config.NullValues;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.RecordSink;
import io.datapoints.connect.delivery.WaitingRecords;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.metrics.MetricsRegistration;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.TooManySamplesException;
import io.datapoints.connect.payload.RecordReader;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A task between its start and its stop: takes records, and returns the offsets that may be
 * committed. Used on the task thread.
 */
final class StartedTask {

  /** Records that are read between two ticks of the engine. */
  private static final int RECORDS_PER_TICK = 50;

  private final SinkTaskContext context;
  private final RecordReader reader;
  private final DeliveryEngine engine;
  private final NullValues nullValues;
  private final Ticker ticker;
  private final SinkMetrics metrics;
  private final MetricsRegistration registration;
  private final PartitionPauser pauser;
  private final UnexpectedFaults faults = new UnexpectedFaults();
  private long entered;

  /**
   * Records that cannot enter the engine yet: it is full, or the store is not open, or not open for
   * their topic.
   */
  private final WaitingRecords waiting = new WaitingRecords();

  StartedTask(
      SinkTaskContext context,
      RecordReader reader,
      DeliveryEngine engine,
      NullValues nullValues,
      Ticker ticker,
      SinkMetrics metrics,
      MetricsRegistration registration) {
    this.context = context;
    this.reader = reader;
    this.engine = engine;
    this.nullValues = nullValues;
    this.ticker = ticker;
    this.metrics = metrics;
    this.registration = registration;
    this.pauser = new PartitionPauser(context);
  }

  void open(Collection<TopicPartition> partitions) {
    pauser.opened(partitions);
  }

  void put(Collection<SinkRecord> records) {
    engine.throwFailure();
    registration.tryAgain();
    metrics.received(records.size());
    long now = ticker.millis();
    engine.tick();
    if (engine.ready()) {
      enterWaiting();
      enterAll(records, now);
      engine.pollEnded();
      engine.tick();
    } else {
      records.forEach(record -> waiting.add(record, now));
    }
    pauser.pauseIf(engine.full() || !waiting.isEmpty());
    engine.waiting(waiting.bytes());
    sample();
    metrics.polled();
    long idle = engine.idleMillis();
    if (idle >= 0) {
      context.timeout(idle);
    }
    engine.throwFailure();
  }

  private void sample() {
    engine.updateMetrics(waiting.earliest());
  }

  private void enterWaiting() {
    for (SinkRecord first = waiting.first(); first != null; first = waiting.first()) {
      if (!canEnter(first)) {
        return;
      }
      long receivedAt = waiting.earliest();
      waiting.removeFirst();
      enter(first, receivedAt);
    }
  }

  /**
   * Enters the records in their order. The first one that cannot enter waits, and so do all after
   * it.
   *
   * @param receivedAt when they were received, in milliseconds of the ticker
   */
  private void enterAll(Collection<SinkRecord> records, long receivedAt) {
    for (SinkRecord record : records) {
      if (waiting.isEmpty() && canEnter(record)) {
        enter(record, receivedAt);
      } else {
        waiting.add(record, receivedAt);
      }
    }
  }

  /** Ticks a full engine first, because acknowledgements may have made room. */
  private boolean canEnter(SinkRecord record) {
    if (!engine.hasRoom()) {
      engine.tick();
    }
    return engine.hasRoom() && engine.covers(record.topic());
  }

  private void enter(SinkRecord record, long receivedAt) {
    boolean empty = record.value() == null;
    boolean reads = !empty || reader.readsTombstone(record);
    if (!reads) {
      failIfWanted(record);
    }
    RecordSink sink = engine.begin(record, receivedAt);
    if (reads) {
      read(record, sink);
    }
    if (empty && !sink.taken()) {
      failIfWanted(record);
      if (nullValues == NullValues.REPORT) {
        sink.reject(Rule.NO_VALUE, "The record has no value.");
      }
    }
    sink.end();
    // Sends full batches while the rest of the poll is read.
    if (++entered % RECORDS_PER_TICK == 0) {
      engine.tick();
    }
  }

  /** Fails the task at an unused record without a value if the settings ask for that. */
  private void failIfWanted(SinkRecord record) {
    if (nullValues == NullValues.FAIL) {
      throw new ConnectException(
          coordinates(record) + " has no value, and behavior.on.null.values is fail");
    }
  }

  /**
   * Reads a record. An unexpected exception of the reader rejects the record and does not fail the
   * task.
   */
  private void read(SinkRecord record, RecordSink sink) {
    try {
      reader.read(record, sink.origin(), sink);
    } catch (TooManySamplesException e) {
      sink.reject(Rule.SIZE, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      faults.met(e);
      sink.reject(Rule.UNEXPECTED, "cannot be read: unexpected " + e.getClass().getName());
    }
  }

  private static String coordinates(SinkRecord record) {
    return "Record "
        + record.originalTopic()
        + "-"
        + record.originalKafkaPartition()
        + "@"
        + record.originalKafkaOffset();
  }

  void flush() {
    engine.flush();
    sample();
    metrics.flushed();
  }

  /**
   * The offsets that may be committed, none of which is beyond a waiting record.
   *
   * @param delivered the framework's positions, which count records that transforms have dropped
   */
  Map<TopicPartition, OffsetAndMetadata> durableOffsets(
      Map<TopicPartition, OffsetAndMetadata> delivered) {
    Map<TopicPartition, OffsetAndMetadata> offsets = engine.durableOffsets(delivered);
    waiting.holdBack(offsets);
    return offsets;
  }

  void close(Collection<TopicPartition> partitions) {
    waiting.close(partitions);
    engine.waiting(waiting.bytes());
    engine.closePartitions(partitions);
  }

  void stop() {
    try {
      registration.close();
    } finally {
      engine.close();
    }
  }
}
