package io.datapoints.connect.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.CassandraDatapointSinkTask;
import io.datapoints.connect.kairosdb.ColumnUnit;
import io.datapoints.connect.kairosdb.RowKeyCodec;
import io.datapoints.connect.kairosdb.RowLayout;
import io.datapoints.connect.model.Tags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Forwards to the task under test, and holds law 1 against it: at each commit, every good record
 * below the offset must be readable in Cassandra. Understands the records of {@link
 * io.datapoints.connect.fault.Workload}: one long point each; anything else counts as bad.
 */
public final class AuditedTask extends SinkTask {

  /** Where the auditor appends what it found; a setting beside the connector's own. */
  public static final String LOG = "audit.log";

  private static final RowLayout LAYOUT = RowLayout.of(ColumnUnit.MILLISECONDS);

  private final CassandraDatapointSinkTask task = new CassandraDatapointSinkTask();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<TopicPartition, TreeMap<Long, CassandraAuditor.Cell>> received =
      new HashMap<>();
  private CassandraAuditor auditor;

  /** For Connect. */
  @SuppressWarnings("NullAway.Init")
  public AuditedTask() {}

  @Override
  public String version() {
    return task.version();
  }

  @Override
  public void initialize(SinkTaskContext context) {
    super.initialize(context);
    task.initialize(context);
  }

  @Override
  public void start(Map<String, String> properties) {
    auditor =
        new CassandraAuditor(
            setting(properties, "cassandra.contact.points"),
            setting(properties, "cassandra.keyspace"),
            Path.of(setting(properties, LOG)));
    task.start(properties);
  }

  private static String setting(Map<String, String> properties, String name) {
    return Objects.requireNonNull(properties.get(name), name);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    task.open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      cell(record)
          .ifPresent(
              cell ->
                  received
                      .computeIfAbsent(
                          new TopicPartition(record.topic(), record.kafkaPartition()),
                          unseen -> new TreeMap<>())
                      .put(record.kafkaOffset(), cell));
    }
    task.put(records);
  }

  private Optional<CassandraAuditor.Cell> cell(SinkRecord record) {
    try {
      JsonNode point = json.readTree((byte[]) record.value());
      Map<String, String> tags = new HashMap<>();
      point.path("tags").forEachEntry((name, value) -> tags.put(name, value.asText()));
      if (tags.isEmpty() || !point.path("value").isIntegralNumber()) {
        return Optional.empty();
      }
      long timestamp = point.path("timestamp").asLong();
      byte[] key =
          RowKeyCodec.encode(
              point.path("name").asText(), LAYOUT.rowTime(timestamp), "kairos_long", Tags.of(tags));
      return Optional.of(
          new CassandraAuditor.Cell(
              ByteBuffer.wrap(key), ByteBuffer.allocate(4).putInt(0, LAYOUT.column(timestamp))));
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  @Override
  public void flush(Map<TopicPartition, OffsetAndMetadata> offsets) {
    task.flush(offsets);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> safe = task.preCommit(offsets);
    safe.forEach(
        (partition, offset) -> {
          TreeMap<Long, CassandraAuditor.Cell> cells = received.get(partition);
          if (cells != null) {
            Map<Long, CassandraAuditor.Cell> committed = cells.headMap(offset.offset());
            auditor.check(partition, committed);
            committed.clear();
          }
        });
    return safe;
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    task.close(partitions);
    received.keySet().removeAll(partitions);
  }

  @Override
  public void stop() {
    task.stop();
    auditor.close();
  }
}
