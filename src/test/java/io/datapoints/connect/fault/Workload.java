package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Kafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Records whose value is their number, and here and there a bad one. */
final class Workload {

  private final String topic;
  private final RecordKind kind;
  private final int records;
  private final IntPredicate bad;
  private final int perSecond;
  private final String padding;
  private final int keys;

  private Workload(
      String topic,
      RecordKind kind,
      int records,
      IntPredicate bad,
      int perSecond,
      int padding,
      int keys) {
    this.topic = topic;
    this.kind = kind;
    this.records = records;
    this.bad = bad;
    this.perSecond = perSecond;
    this.padding = "x".repeat(padding);
    this.keys = keys;
  }

  /** So many good records, as fast as the broker takes them. */
  static Workload of(String topic, RecordKind kind, int records) {
    return new Workload(topic, kind, records, number -> false, Integer.MAX_VALUE, 1, records);
  }

  /** Every so many records one is bad. */
  Workload withBadEvery(int count) {
    return withBad(number -> number % count == count - 1);
  }

  /** By turns so many bad records and as many good ones. */
  Workload withBadRuns(int length) {
    return withBad(number -> number / length % 2 == 0);
  }

  private Workload withBad(IntPredicate which) {
    return new Workload(topic, kind, records, which, perSecond, padding.length(), keys);
  }

  /** At this rate. */
  Workload perSecond(int rate) {
    return new Workload(topic, kind, records, bad, rate, padding.length(), keys);
  }

  /** Each record longer by so many characters. */
  Workload padded(int characters) {
    return new Workload(topic, kind, records, bad, perSecond, characters, keys);
  }

  /** Over and over for this many keys, so that the last value of each counts. */
  Workload cycling(int count) {
    return new Workload(topic, kind, records, bad, perSecond, padding.length(), count);
  }

  /** Sends everything; completes when the broker has acknowledged it all. */
  CompletableFuture<Void> start(Kafka kafka) {
    return CompletableFuture.runAsync(() -> send(kafka));
  }

  /** Sends as many until the load is ended. */
  Load begin(Kafka kafka) {
    return new Load(this, kafka);
  }

  /** The first so many of these. */
  Workload first(int count) {
    return new Workload(topic, kind, count, bad, perSecond, padding.length(), keys);
  }

  void send(Kafka kafka) {
    send(kafka, () -> false);
  }

  /** Sends until told that it is over, and answers how many. */
  int send(Kafka kafka, BooleanSupplier over) {
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
      long start = System.nanoTime();
      int number = 0;
      for (; number < records && !over.getAsBoolean(); number++) {
        if (perSecond != Integer.MAX_VALUE && number % 100 == 0) {
          long due = start + number * 1_000_000_000L / perSecond;
          LockSupport.parkNanos(due - System.nanoTime());
        }
        Future<RecordMetadata> last =
            producer.send(
                new ProducerRecord<>(
                    topic,
                    Integer.toString(kind.series(number % keys)).getBytes(StandardCharsets.UTF_8),
                    text(number).getBytes(StandardCharsets.UTF_8)),
                (metadata, error) -> {
                  if (error != null) {
                    failure.set(error);
                  }
                });
        if (last.isDone() && failure.get() != null) {
          break;
        }
      }
      producer.flush();
      if (failure.get() != null) {
        throw new IllegalStateException(failure.get());
      }
      return number;
    }
  }

  /** The record of this number. */
  String text(int number) {
    return kind.text(topic, number % keys, number, bad.test(number), padding);
  }

  int records() {
    return records;
  }

  /** What must be in the store: keys and values. */
  Map<String, Long> expected() {
    Map<String, Long> samples = new HashMap<>();
    for (int number = 0; number < records; number++) {
      if (!bad.test(number)) {
        samples.put(kind.key(number % keys), (long) number);
      }
    }
    return samples;
  }

  /** What must be in the dead letter topic, in the order of production. */
  List<String> deadLetters() {
    List<String> letters = new ArrayList<>();
    for (int number = 0; number < records; number++) {
      if (bad.test(number)) {
        letters.add(text(number));
      }
    }
    return letters;
  }
}
