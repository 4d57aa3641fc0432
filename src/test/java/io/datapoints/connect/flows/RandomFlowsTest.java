package io.datapoints.connect.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.datapoints.connect.config.FlowsConfig.Field;
import io.datapoints.connect.config.setting.FieldPath;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of a seeded generator, in every form and damaged. */
class RandomFlowsTest {

  private static final int RECORDS = 4_000;

  private static final Map<Field, String> PATHS =
      new EnumMap<>(
          Map.of(
              Field.SOURCE_IP, "source.address",
              Field.DEST_IP, "destination.address",
              Field.SOURCE_PORT, "source.port",
              Field.DEST_PORT, "destination.port",
              Field.PROTOCOL, "network.layer.transport",
              Field.TIMESTAMP, "network.layer.event.time",
              Field.VALUE, "bytes"));

  private static Map<String, String> settings(String unit, boolean names) {
    Map<String, String> settings = new HashMap<>();
    settings.put("timestamp.unit", unit);
    settings.put("flows.protocol.names", String.valueOf(names));
    return settings;
  }

  @ParameterizedTest
  @CsvSource({"1, ms, false", "2, s, true", "3, ns, false", "4, us, true"})
  void readsJsonMapsAndStructsAlikeAndAsAFlatRecordOfTheSameValues(
      long seed, String unit, boolean names) {
    FlowReading plain = FlowReading.with(settings(unit, names));
    Map<String, String> mapped = settings(unit, names);
    PATHS.forEach((field, path) -> mapped.put(field.setting(), path));
    FlowReading reading = FlowReading.with(mapped);
    List<List<String>> paths =
        Stream.of(Field.values()).map(PATHS::get).map(FieldPath::parse).toList();
    RandomFlow generator = new RandomFlow(new Random(seed));
    int reasons = 0;
    for (int i = 0; i < RECORDS; i++) {
      Map<String, Object> record = generator.fields(paths);
      Map<String, Object> flat = new LinkedHashMap<>();
      PATHS.forEach(
          (field, path) ->
              flat.put(field.column(), RandomFlow.find(record, FieldPath.parse(path))));
      plain.of(flat);
      List<String> expected = plain.reasons.stream().map(RandomFlowsTest::renamed).toList();
      String json = RandomFlow.json(record);
      for (Object form :
          List.of(json, json.getBytes(UTF_8), record, RandomFlow.struct(record), List.of(record))) {
        reading.of(form);
        assertThat(reading.described()).as(json).isEqualTo(plain.described());
        assertThat(reading.reasons.stream().map(reason -> reason.replace("flow[0].", "")))
            .as(json)
            .isEqualTo(expected);
      }
      reasons += expected.size();
    }
    assertThat(reasons).isGreaterThan(RECORDS);
  }

  /** The reason as it reads with the mapping: "source_port ..." has the path before it. */
  private static String renamed(String reason) {
    String column = reason.substring(0, reason.indexOf(' '));
    Field field =
        Stream.of(Field.values()).filter(f -> f.column().equals(column)).findFirst().orElseThrow();
    return PATHS.get(field) + " (" + column + ")" + reason.substring(column.length());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void makesReasonsAndNeverExceptionsOfDamagedRecords(long seed) {
    Random random = new Random(seed);
    RandomFlow generator = new RandomFlow(random);
    List<List<String>> paths =
        Stream.of(Field.values()).map(Field::column).map(FieldPath::parse).toList();
    FlowReading reading = FlowReading.plain();
    for (int i = 0; i < RECORDS; i++) {
      byte[] damaged = RandomFlow.json(generator.fields(paths)).getBytes(UTF_8);
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertThatCode(() -> reading.of(damaged))
          .as(() -> Arrays.toString(damaged))
          .doesNotThrowAnyException();
      assertThat(reading.flows.size() + reading.reasons.size()).isPositive();
    }
  }
}
