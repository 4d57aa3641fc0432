package io.datapoints.connect.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.parser.MappingParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The mapping that the settings of the flows layout stand for. */
class FlowsPresetTest {

  private static MappedTarget target(String... settings) {
    Map<String, String> properties = new HashMap<>(Map.of("layout", "flows"));
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return CassandraSinkConfig.from(properties).pipeline().mapping().targets("any").get(0);
  }

  private static Assignment assignment(MappedTarget target, String column) {
    return target.mapping().assignments().stream()
        .filter(each -> each.column().equals(column))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isTheMappingThatAUserWouldWrite() {
    Mapping written =
        MappingParser.parse(
            """
            source_ip = required(ip(value.source_ip)),
            dest_ip = required(ip(value.dest_ip)),
            source_port = required(port(value.source_port)),
            dest_port = required(port(value.dest_port)),
            protocol = required(protocol(value.protocol)),
            timestamp = required(time(value.timestamp)),
            value = required(number(value.value)),
            time_bucket = bucket(time(value.timestamp), 'day')
            """);
    assertThat(target("flows.partition.bucket", "day").mapping()).isEqualTo(written);
    assertThat(target().mapping().assignments()).isEqualTo(written.assignments().subList(0, 7));
  }

  @Test
  void namesProtocolsWhereItIsTold() {
    assertThat(assignment(target("flows.protocol.names", "true"), "protocol").source())
        .isEqualTo(
            MappingParser.parse("p = required(protocol(value.protocol, 'name'))")
                .assignments()
                .get(0)
                .source());
  }

  @Test
  void readsAPath() {
    assertThat(assignment(target("flows.field.value", "a.b.c"), "value").source())
        .isEqualTo(
            MappingParser.parse("v = required(number(value.a.b.c))").assignments().get(0).source());
  }

  @Test
  void theKeyMayHaveAFieldOfTheRecordOrItsPlace() {
    assertThat(assignment(target("flows.key", "id", "flows.field.id", "a,b"), "id"))
        .isEqualTo(
            MappingParser.parse("id = required(text(coalesce(value.a, value.b)))")
                .assignments()
                .get(0));
    assertThat(assignment(target("flows.key", "record"), "record"))
        .isEqualTo(MappingParser.parse("record = record").assignments().get(0));
    assertThat(target("flows.key", "record").mapping().assignments()).hasSize(8);
  }

  @Test
  void theFieldOfTheKeyIsGivenWhereItIsUsed() {
    assertThat(errors(Map.of("flows.key", "id")))
        .containsExactly("flows.key=id needs flows.field.id");
    assertThat(errors(Map.of("flows.field.id", "x")))
        .containsExactly("flows.field.id is for flows.key=id");
    assertThat(errors(Map.of("flows.key", "id", "flows.preset", "zeek"))).isEmpty();
    assertThat(errors(Map.of("flows.key", "record", "flows.preset", "zeek"))).isEmpty();
    assertThat(errors(Map.of("flows.key", "id", "flows.preset", "goflow2")))
        .containsExactly("flows.key=id needs flows.field.id");
  }

  private static List<String> errors(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("layout", "flows");
    return CassandraSinkConfig.validate(properties).stream()
        .flatMap(value -> value.errorMessages().stream())
        .toList();
  }

  @Test
  void reasonsNameThePathOfTheRecordAndTheColumn() {
    assertThat(target("flows.field.source_ip", "src").labels())
        .startsWith("src (source_ip)", "dest_ip");
  }

  @Test
  void allTopicsShareTheTable() {
    CassandraSinkConfig config = CassandraSinkConfig.from(Map.of("layout", "flows"));
    assertThat(List.of("a", "b"))
        .extracting(config.pipeline().mapping()::mappedAs)
        .containsOnly("*");
    assertThat(config.pipeline().mapping().topics()).containsExactly("*");
  }
}
