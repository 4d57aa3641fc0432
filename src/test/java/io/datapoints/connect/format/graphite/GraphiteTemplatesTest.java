package io.datapoints.connect.format.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.FormatReading;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What templates make of paths, which of several counts, and which ones are refused. */
class GraphiteTemplatesTest {

  private static FormatReading templates(String templates, String separator) {
    return FormatReading.with(
        "graphite", Map.of("graphite.templates", templates, "graphite.separator", separator));
  }

  private static String series(String templates, String path) {
    FormatReading reading = templates(templates, ".").read(path + " 1 1");
    assertThat(reading.reasons()).isEmpty();
    return reading.points().get(0).replace(" 1000 double 1.0", "");
  }

  /** The examples of Telegraf's documentation, and of InfluxDB's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region.region.measurement*                    | us.west.cpu.load                 | cpu.load{region=us.west}",
        "measurement.measurement.field.field.region    | cpu.usage.idle.percent.eu-east   | cpu.usage.idle.percent{region=eu-east}",
        "measurement.measurement.region.field*         | cpu.usage.eu-east.idle.percentage | cpu.usage.idle.percentage{region=eu-east}",
        "cpu.* measurement.measurement.region          | cpu.load.eu-east                 | cpu.load{region=eu-east}",
        "measurement.measurement.field.region datacenter=1a | cpu.usage.idle.eu-east      | cpu.usage.idle{datacenter=1a,region=eu-east}",
        ".host.resource.measurement*                   | servers.localhost.cpu.loadavg.10 | loadavg.10{host=localhost,resource=cpu}",
        "*.cpu.* .host.measurement*                    | a.cpu.b.c                        | b.c{host=cpu}",
        "servers.* .host.resource.measurement* region=eu,zone=1a | servers.a.cpu.load     | load{host=a,region=eu,resource=cpu,zone=1a}",
        ".host..measurement                            | servers.a.x.load                 | load{host=a}",
        "host.measurement.host                         | a.load.b                         | load{host=a.b}",
      })
  void thePartsOfAPathAreWhatTheTemplateSays(String template, String path, String series) {
    assertThat(series(template, path)).isEqualTo(series);
  }

  @Test
  void aSeparatorStandsBetweenTheParts() {
    assertThat(
            templates("region.region.measurement.field*", "_").read("us.west.cpu.a.b 1 1").points())
        .containsExactly("cpu_a_b{region=us_west} 1000 double 1.0");
  }

  /** From left to right a name before a star, then the longer filter; the order is no matter. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "servers.a.cpu.load  | load{by=named}",
        "servers.b.cpu.load  | load{by=star}",
        "servers.b.mem.load  | load{by=prefix}",
        "other.b.cpu.load    | load{by=stars}",
        "other.b.mem.load    | load{by=none}",
        "servers             | servers{source=unknown}",
      })
  void theMostSpecificTemplateCounts(String path, String series) {
    String[] templates = {
      "...measurement by=none",
      "*.*.cpu ...measurement by=stars",
      "servers ...measurement by=prefix",
      "servers.*.cpu ...measurement by=star",
      "servers.a ...measurement by=named"
    };
    assertThat(series(String.join(";", templates), path)).isEqualTo(series);
    String reversed =
        IntStream.range(0, templates.length)
            .mapToObj(i -> templates[templates.length - 1 - i])
            .collect(Collectors.joining("; "));
    assertThat(series(reversed, path)).isEqualTo(series);
  }

  /** Telegraf drops the parts that its template has no word for: two series would be one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host.measurement      | a.load.1  | a.load.1{source=unknown}",
        "host.measurement      | a         | a{source=unknown}",
        "host.measurement.core | a.load    | load{host=a}",
        "b.* host.measurement  | a.load    | a.load{source=unknown}",
        "a.*.* host.measurement* | a.load  | a.load{source=unknown}",
        "host.measurement*     | a..load   | load{host=a}",
        "host.measurement*     | a..       | a..{host=a}",
        "host.measurement      | .load     | load{source=unknown}",
        "a.* host.measurement; host.measurement* x=1 | a.b.c | b.c{host=a,x=1}",
      })
  void aPathThatNoTemplateFitsIsTheMetric(String templates, String path, String series) {
    assertThat(series(templates, path)).isEqualTo(series);
  }

  @Test
  void tagsOfThePathComeBeforeThoseOfTheTemplate() {
    assertThat(series("host.measurement dc=1,rack=2", "a.load;host=b;dc=3"))
        .isEqualTo("load{dc=3,host=b,rack=2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host.region                         | it has no measurement",
        "host.field*                         | it has no measurement",
        "host.measurements                   | it has no measurement",
        "measurement*.host                   | * may only follow measurement or field at its end",
        "measurement*.field*                 | * may only follow measurement or field at its end",
        "measurement.host*                   | * may only follow measurement or field at its end",
        "*.measurement                       | * may only follow measurement or field at its end",
        "cpu*.b host.measurement             | * stands for a whole part",
        "a..b host.measurement               | its filter has an empty part",
        "a.b c.d host.measurement            | must be: [filter] template [tag=value,tag=value]",
        "/ a.b host.measurement x=1          | must be: [filter] template [tag=value,tag=value]",
        "x=1                                 | must be: [filter] template [tag=value,tag=value]",
        "a.b x=1 c=2                         | must be: [filter] template [tag=value,tag=value]",
        "host.measurement x=                 | its tags must be tag=value,tag=value",
        "host.measurement =1                 | its tags must be tag=value,tag=value",
        "host.measurement x=1,               | its tags must be tag=value,tag=value",
        "host.measurement x=1,x=2            | it has a tag twice",
        "host.measurement host=a             | a part of the path and a value give the same tag",
        "host.measurement; measurement*      | another one has the same filter, or none too",
        "a.* host.measurement; a.* b.measurement | another one has the same filter, or none too",
        "measurement;                        | must be: [filter] template",
        ";                                   | must be: [filter] template",
      })
  void aTemplateThatCannotWorkIsRefusedAtTheStart(String templates, String reason) {
    assertThatThrownBy(() -> templates(templates, "."))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("graphite.templates")
        .hasMessageContaining(reason);
  }

  @Test
  void templatesAreBounded() {
    String many =
        IntStream.range(0, 101)
            .mapToObj(i -> "a" + i + " host.measurement")
            .collect(Collectors.joining(";"));
    assertThatThrownBy(() -> templates(many, "."))
        .hasMessageContaining("must not be more than 100 templates");
    assertThatThrownBy(() -> templates("a.".repeat(600) + "measurement", "."))
        .hasMessageContaining("a template must not be longer than 1024 characters");
    assertThatThrownBy(() -> templates("", "-".repeat(17)))
        .hasMessageContaining("must not be longer than 16");
  }
}
