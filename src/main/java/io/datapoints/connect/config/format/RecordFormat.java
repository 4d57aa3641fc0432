package io.datapoints.connect.config.format;

/** What the records of the kairosdb layout are written in. */
public enum RecordFormat {
  /** KairosDB's own JSON, or structs and maps of the same fields. */
  KAIROSDB,
  /** The line protocol of InfluxDB. */
  INFLUX,
  /** The JSON of OpenTSDB's {@code POST /api/put}. */
  OPENTSDB_JSON,
  /** OpenTelemetry's metrics in Protobuf. */
  OTLP_PROTO,
  /** OpenTelemetry's metrics in JSON. */
  OTLP_JSON,
  /** Requests of Prometheus' remote write 1.0. */
  PROMETHEUS_REMOTE_WRITE
}
