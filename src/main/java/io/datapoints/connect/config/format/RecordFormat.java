package io.datapoints.connect.config.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the records of the kairosdb layout are written in. */
public enum RecordFormat {
  KAIROSDB("KairosDB's JSON, or structs and maps of the same fields"),
  INFLUX("InfluxDB's line protocol, which Telegraf writes, one or several lines a record"),
  OPENTSDB_JSON("the body of OpenTSDB's `POST /api/put`"),
  OTLP_JSON("the same metrics in JSON"),
  OTLP_PROTO("OpenTelemetry's metrics in Protobuf, which its Collector writes"),
  PROMETHEUS_REMOTE_WRITE(
      "requests of Prometheus' remote write 1.0 in Snappy, which vmagent writes"),
  TELEGRAF_JSON("what Telegraf writes with `data_format = \"json\"`");

  private final String description;

  RecordFormat(String description) {
    this.description = description;
  }

  /** Its name in settings. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All of them, for the documentation of the setting. */
  static String descriptions() {
    return Arrays.stream(values())
        .map(format -> "`" + format.id() + "`: " + format.description + ".")
        .collect(Collectors.joining(" "));
  }
}
