package io.datapoints.connect.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.audit.StoreReader.StoreAwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Law 1, held against each commit: every good record below the offset is there to be read. One line
 * of the log for each check: {@code OK partition count}, {@code VIOLATION partition offset} or
 * {@code UNREAD partition count}, the last when the store did not answer: those records are left to
 * the judgement at the end of the test. The last line of a task, {@code RECEIVED count}, says how
 * many records it was given.
 */
final class Audit implements AutoCloseable {

  /** Within the time that a worker gives a task to end. */
  private static final long LAST_CHECK_SECONDS = 3;

  private final StoreReader store;
  private final Path log;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<TopicPartition, TreeMap<Long, SampleKey>> received = new HashMap<>();
  private final @Nullable ExecutorService aside;
  private long count;

  /**
   * @param aside whether to read on a thread of its own
   */
  Audit(StoreReader store, Path log, boolean aside) {
    this.store = store;
    this.log = log;
    this.aside = aside ? Executors.newSingleThreadExecutor() : null;
  }

  void receive(Collection<SinkRecord> records) {
    count += records.size();
    for (SinkRecord record : records) {
      SampleKey.of(json, (byte[]) record.value())
          .ifPresent(
              key ->
                  received
                      .computeIfAbsent(
                          new TopicPartition(
                              record.originalTopic(), record.originalKafkaPartition()),
                          unseen -> new TreeMap<>())
                      .put(record.originalKafkaOffset(), key));
    }
  }

  void check(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          TreeMap<Long, SampleKey> keys = received.get(partition);
          if (keys != null) {
            Map<Long, SampleKey> below = keys.headMap(offset.offset());
            Map<Long, SampleKey> committed = new TreeMap<>(below);
            below.clear();
            if (aside == null) {
              check(partition, committed);
            } else {
              aside.execute(() -> check(partition, committed));
            }
          }
        });
  }

  private void check(TopicPartition partition, Map<Long, SampleKey> committed) {
    if (committed.isEmpty()) {
      return;
    }
    try {
      Set<SampleKey> present = store.present(Set.copyOf(committed.values()));
      List<String> lines = new ArrayList<>();
      committed.forEach(
          (offset, key) -> {
            if (!present.contains(key)) {
              lines.add("VIOLATION " + partition + " " + offset);
            }
          });
      lines.add("OK " + partition + " " + committed.size());
      append(lines);
    } catch (StoreAwayException away) {
      append(List.of("UNREAD " + partition + " " + committed.size()));
    }
  }

  private void append(List<String> lines) {
    try {
      Files.write(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void forget(Collection<TopicPartition> partitions) {
    received.keySet().removeAll(partitions);
  }

  /** What is still to be read then is left to the judgement at the end of the test. */
  @Override
  public void close() {
    if (aside != null) {
      aside.shutdownNow();
      try {
        aside.awaitTermination(LAST_CHECK_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    append(List.of("RECEIVED " + count));
    store.close();
  }
}
