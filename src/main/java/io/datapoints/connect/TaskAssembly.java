package io.datapoints.connect;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.decode.DatapointDecoder;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.Ticker;
import io.datapoints.connect.errors.ErrantRecords;
import io.datapoints.connect.metrics.Registration;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.cassandra.CassandraStore;
import io.datapoints.connect.validate.DatapointValidator;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Builds a running task from its settings: the one place where all rooms meet. */
final class TaskAssembly {

  /**
   * How long a start waits for the store, so that a wrong password shows at once; after that it
   * goes on anyway.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TaskAssembly() {}

  /**
   * Starts a task.
   *
   * @throws org.apache.kafka.connect.errors.ConnectException when only an operator can help
   */
  static StartedTask start(SinkTaskContext context, Map<String, String> properties) {
    CassandraSinkConfig config = CassandraSinkConfig.from(properties);
    String connector = properties.getOrDefault("name", "datapoints");
    String task = properties.getOrDefault(CassandraDatapointSinkConnector.TASK_ID, "0");
    SinkMetrics metrics = new SinkMetrics(System::nanoTime);
    Store store =
        new CassandraStore(
            config.cassandra(),
            config.kairos(),
            connector + "-" + task,
            config.cassandra().schema().create() && task.equals("0"),
            Clock.systemUTC());
    DeliveryEngine engine =
        new DeliveryEngine(
            store,
            config.batching(),
            config.retry(),
            ErrantRecords.of(context, properties),
            metrics,
            Ticker.system(),
            new SplittableRandom());
    try {
      engine.start(PATIENCE);
      return new StartedTask(
          context,
          datapoints(config),
          engine,
          config.errors().nullValues(),
          metrics,
          Registration.of(metrics, connector, task));
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static SampleReader datapoints(CassandraSinkConfig config) {
    DatapointValidator validator = new DatapointValidator(config.kairos());
    DatapointDecoder decoder = new DatapointDecoder(config.kairos(), validator);
    return decoder::decode;
  }
}
