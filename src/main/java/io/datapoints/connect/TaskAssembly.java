package io.datapoints.connect;

import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.errors.ErrantRecords;
import io.datapoints.connect.kairosdb.DatapointDecoder;
import io.datapoints.connect.kairosdb.DatapointValidator;
import io.datapoints.connect.metrics.MetricsRegistration;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.table.TableReader;
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
  static StartedTask start(
      SinkTaskContext context, Map<String, String> properties, TaskName task, Target target) {
    PipelineConfig config = target.config();
    SinkMetrics metrics = SinkMetrics.system();
    Ticker ticker = Ticker.system();
    DeliveryEngine engine =
        new DeliveryEngine(
            target.store().get(),
            config.batching(),
            config.retry(),
            ErrantRecords.of(context, properties),
            metrics,
            ticker,
            new SplittableRandom());
    try {
      engine.start(PATIENCE);
      return new StartedTask(
          context,
          reader(config),
          engine,
          config.records().nullValues(),
          ticker,
          metrics,
          MetricsRegistration.of(metrics, context, task.connector(), task.id()));
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  private static RecordReader reader(PipelineConfig config) {
    int maxInflatedBytes = config.records().maxInflatedBytes();
    return switch (config.layout()) {
      case KAIROSDB ->
          new DatapointDecoder(maxInflatedBytes, new DatapointValidator(config.kairos()))::decode;
      case FLOWS, TABLE -> new TableReader(config.mapping(), maxInflatedBytes);
    };
  }
}
