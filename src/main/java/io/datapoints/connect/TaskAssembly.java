package io.datapoints.connect;

import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.config.format.FormatConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.errors.ErrantRecords;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.FormatReader;
import io.datapoints.connect.format.MapReader;
import io.datapoints.connect.format.collectd.CollectdDecoder;
import io.datapoints.connect.format.goflow2.FlowMessageDecoder;
import io.datapoints.connect.format.graphite.GraphiteDecoder;
import io.datapoints.connect.format.influx.LineProtocolDecoder;
import io.datapoints.connect.format.opentsdb.OpenTsdbDecoder;
import io.datapoints.connect.format.otlp.OtlpJsonDecoder;
import io.datapoints.connect.format.otlp.OtlpProtoDecoder;
import io.datapoints.connect.format.prometheus.AdapterJsonDecoder;
import io.datapoints.connect.format.prometheus.RemoteWriteDecoder;
import io.datapoints.connect.format.telegraf.TelegrafDecoder;
import io.datapoints.connect.kairosdb.DatapointReader;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.metrics.MetricsRegistration;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.table.TableReader;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Builds a running task from its settings. */
final class TaskAssembly {

  /**
   * How long the start waits for the store, so that a wrong password fails it. After that time the
   * task starts anyway and keeps trying.
   */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

  private TaskAssembly() {}

  /**
   * Starts a task.
   *
   * @throws org.apache.kafka.connect.errors.ConnectException for an error that needs an operator
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
      engine.start(START_TIMEOUT);
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

  /** What reads the records of a task. */
  static RecordReader reader(PipelineConfig config) {
    int maxInflatedBytes = config.records().maxInflatedBytes();
    return switch (config.layout()) {
      case KAIROSDB ->
          switch (config.format().format()) {
            case KAIROSDB -> new DatapointReader(maxInflatedBytes, config.kairos());
            default -> new FormatReader(maxInflatedBytes, decoder(config));
          };
      case FLOWS -> flows(config.flows().format(), table(config));
      case TABLE -> table(config);
    };
  }

  private static TableReader table(PipelineConfig config) {
    return new TableReader(config.mapping(), config.records().maxInflatedBytes());
  }

  private static RecordReader flows(FlowsConfig.Format format, TableReader table) {
    return switch (format) {
      case JSON -> table;
      case GOFLOW2 -> new MapReader(new FlowMessageDecoder(), table);
    };
  }

  private static FormatDecoder decoder(PipelineConfig config) {
    FormatConfig formats = config.format();
    PointFeed feed =
        new PointFeed(config.kairos(), formats.defaultTag().name(), formats.defaultTag().value());
    return switch (formats.format()) {
      case KAIROSDB -> throw new IllegalArgumentException("has a reader of its own");
      case INFLUX -> new LineProtocolDecoder(formats.influx(), feed);
      case OPENTSDB_JSON -> new OpenTsdbDecoder(feed);
      case OTLP_PROTO -> new OtlpProtoDecoder(formats.otlp(), feed);
      case COLLECTD_JSON -> new CollectdDecoder(feed);
      case PROMETHEUS_JSON -> new AdapterJsonDecoder(feed);
      case GRAPHITE -> new GraphiteDecoder(formats.graphite(), feed);
      case TELEGRAF_JSON -> new TelegrafDecoder(formats.influx(), formats.telegraf(), feed);
      case OTLP_JSON -> new OtlpJsonDecoder(formats.otlp(), feed);
      case PROMETHEUS_REMOTE_WRITE ->
          new RemoteWriteDecoder(config.records().maxInflatedBytes(), feed);
    };
  }
}
