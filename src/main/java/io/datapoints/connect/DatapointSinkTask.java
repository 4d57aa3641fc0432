package io.datapoints.connect;

import io.datapoints.connect.model.PluginVersion;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * The code that the tasks share: builds a {@link StartedTask} and forwards each call to it. Connect
 * calls every method on one thread.
 */
public abstract class DatapointSinkTask extends SinkTask {

  private @Nullable StartedTask started;

  /** Only the tasks of this package extend this class. */
  DatapointSinkTask() {}

  /**
   * The settings and the store of this task.
   *
   * @throws org.apache.kafka.common.config.ConfigException with every error
   */
  abstract Target target(TaskName task, Map<String, String> properties);

  @Override
  public String version() {
    return PluginVersion.read();
  }

  @Override
  public void start(Map<String, String> properties) {
    TaskName task = TaskName.of(properties);
    started = TaskAssembly.start(context, properties, task, target(task, properties));
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    running().open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    running().put(records);
  }

  /** Writes all records received and waits for their acknowledgement, for a bounded time. */
  @Override
  public void flush(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    running().flush();
  }

  /**
   * Flushes, and returns the offsets up to which all records are durable: the framework's own where
   * no record is pending.
   */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    flush(currentOffsets);
    return running().durableOffsets(currentOffsets);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    running().close(partitions);
  }

  @Override
  public void stop() {
    if (started != null) {
      started.stop();
      started = null;
    }
  }

  private StartedTask running() {
    if (started == null) {
      throw new ConnectException("The task was not started");
    }
    return started;
  }
}
