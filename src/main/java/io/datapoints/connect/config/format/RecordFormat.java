package io.datapoints.connect.config.format;

/** What the records of the kairosdb layout are written in. */
public enum RecordFormat {
  /** KairosDB's own JSON, or structs and maps of the same fields. */
  KAIROSDB,
  /** The line protocol of InfluxDB. */
  INFLUX,
  /** The JSON of OpenTSDB's {@code POST /api/put}. */
  OPENTSDB_JSON,
  /** What Telegraf writes with {@code data_format = "json"}. */
  TELEGRAF_JSON,
  /** The plaintext protocol of Graphite. */
  GRAPHITE,
  /** What collectd's write_kafka and write_http write. */
  COLLECTD_JSON,
  /** The JSON of prometheus-kafka-adapter. */
  PROMETHEUS_JSON
}
