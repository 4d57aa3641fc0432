package io.datapoints.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.format.OtlpConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats that are set, and what would have no effect. */
class FormatConfigTest {

  private static Map<String, String> with(String settings) {
    Map<String, String> all = new HashMap<>();
    for (String setting : settings.split(";", -1)) {
      String[] parts = setting.split(":", 2);
      all.put(parts[0].strip(), parts[1].strip());
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "record.format: influx; layout: flows           | record.format is for layout=kairosdb",
        "influx.precision: s                            | influx.precision is for record.format=influx",
        "influx.separator: _; record.format: kairosdb   | influx.separator is for record.format=influx or telegraf_json",
        "influx.precision: s; record.format: telegraf_json | influx.precision is for record.format=influx",
        "telegraf.timestamp.unit: s; record.format: influx | telegraf.timestamp.unit is for record.format=telegraf_json",
        "telegraf.timestamp.unit: 5ms; record.format: telegraf_json | must be ns, us, ms or s, also with 1, 10, 100 or 1000 before",
        "telegraf.timestamp.unit: m; record.format: telegraf_json | must be ns, us, ms or s",
        "telegraf.timestamp.units: s; record.format: telegraf_json | did you mean telegraf.timestamp.unit?",
        "record.default.tag: a=b                        | record.default.tag has no effect",
        "record.format: influx; record.default.tag: a   | must be name=value",
        "record.format: influx; record.default.tag: a=  | must be name=value",
        "record.format: influx; record.default.tag: =b  | must be name=value",
        "record.format: influx; influx.precision: d     | must be one of ns, us, ms, s, m, h",
        "record.format: influx; influx.booleans: x      | must be one of text, number",
        "record.format: influx; influx.presicion: s     | did you mean influx.precision?",
        "record.format: otlp                            | must be one of kairosdb, influx, opentsdb_json",
        "otlp.scope.tags: true                          | otlp.scope.tags is for record.format=otlp_proto or otlp_json",
        "record.format: otlp_proto; otlp.exponential.buckets: 4  | must be 0, or 5 to 1024",
        "record.format: otlp_proto; otlp.exponential.buckets: -1 | must be 0, or 5 to 1024",
        "record.format: otlp_proto; otlp.exponential.buckets: 2000 | must be 0, or 5 to 1024",
        "record.format: otlp_proto; otlp.histogram.bucket: false | did you mean otlp.histogram.buckets?",
      })
  void whatCannotMeanWhatItSaysIsRefused(String settings, String reason) {
    assertThatThrownBy(() -> CassandraSinkConfig.from(with(settings)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> MongoSinkConfig.from(with(settings + "; mongodb.database: a")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void attributesOfResourcesAreChosenByTheirNames() {
    assertThat(otlp(Map.of()).takes("service.name")).isTrue();
    assertThat(otlp(Map.of()).takes("process.pid")).isFalse();
    assertThat(otlp(Map.of("otlp.resource.attributes", "a, b")).takes("b")).isTrue();
    assertThat(otlp(Map.of("otlp.resource.attributes", "a, b")).takes("service.name")).isFalse();
    assertThat(otlp(Map.of("otlp.resource.attributes", "*")).takes("anything")).isTrue();
    assertThat(otlp(Map.of("otlp.resource.attributes", "")).takes("service.name")).isFalse();
  }

  private static OtlpConfig otlp(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("record.format", "otlp_proto");
    return CassandraSinkConfig.from(all).pipeline().format().otlp();
  }

  @Test
  void theDefaultsAreThoseOfTelegraf() {
    PipelineConfig config = CassandraSinkConfig.from(Map.of("record.format", "INFLUX")).pipeline();
    assertThat(config.format().influx().precision().toMillis(1_999_999)).isEqualTo(1);
    assertThat(config.format().influx().separator()).isEqualTo(".");
    assertThat(config.format().defaultTag().value()).isEqualTo("unknown");
  }
}
