package io.datapoints.connect.audit;

import io.datapoints.connect.DatapointSinkTask;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Forwards to the task under test, and holds law 1 against it at each commit. */
abstract class AuditedTask extends SinkTask {

  private final DatapointSinkTask task;
  private Audit audit;

  @SuppressWarnings("NullAway.Init")
  AuditedTask(DatapointSinkTask task) {
    this.task = task;
  }

  /** A reader of the store that these settings name. */
  abstract StoreReader reader(Map<String, String> properties);

  static String setting(Map<String, String> properties, String name) {
    return Objects.requireNonNull(properties.get(name), name);
  }

  /** The auditor's own way to the store, or the connector's, which this setting holds. */
  static String store(Map<String, String> properties, String name) {
    return properties.getOrDefault(AuditedConnector.STORE, setting(properties, name));
  }

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
    audit =
        new Audit(
            reader(properties),
            Path.of(setting(properties, AuditedConnector.LOG)),
            Boolean.parseBoolean(properties.get(AuditedConnector.ASIDE)));
    task.start(properties);
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    task.open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    audit.receive(records);
    task.put(records);
  }

  @Override
  public void flush(Map<TopicPartition, OffsetAndMetadata> offsets) {
    task.flush(offsets);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, OffsetAndMetadata> safe = task.preCommit(offsets);
    audit.check(safe);
    return safe;
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    task.close(partitions);
    audit.forget(partitions);
  }

  @Override
  public void stop() {
    task.stop();
    audit.close();
  }
}
