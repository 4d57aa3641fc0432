package io.datapoints.connect.intake;

import io.datapoints.connect.config.format.InfluxConfig;

/** What a body is written in. */
public sealed interface BodyFormat {

  /** Formats that say everything themselves. */
  enum Plain implements BodyFormat {
    /** KairosDB's JSON. */
    KAIROSDB,
    /** The JSON of OpenTSDB's data points. */
    OPENTSDB,
    /** OpenTelemetry's metrics in Protobuf. */
    OTLP_PROTO,
    /** The same in JSON. */
    OTLP_JSON,
    /** Prometheus' remote write, in Snappy. */
    REMOTE_WRITE
  }

  /**
   * Lines of InfluxDB's protocol.
   *
   * @param precision the unit of their times
   */
  record Lines(InfluxConfig.Precision precision) implements BodyFormat {}
}
