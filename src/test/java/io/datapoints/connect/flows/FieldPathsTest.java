package io.datapoints.connect.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.config.setting.FieldPath;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RawColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where in a record a path leads. */
class FieldPathsTest {

  private static final SampleSink NO_SINK =
      new SampleSink() {
        @Override
        public void accept(Sample sample) {
          throw new AssertionError("no samples are made here");
        }

        @Override
        public void reject(Rule rule, String reason) {
          throw new AssertionError(reason);
        }
      };

  /** What one reading found: the text of each row, or the kind of what has none. */
  private static List<String> found(RawFields fields) {
    List<String> rows = new ArrayList<>();
    RawColumn column = fields.column();
    for (int row = 0; row < fields.size(); row++) {
      String text = column.text(row);
      rows.add(text.isEmpty() ? column.kind(row).name() : text);
    }
    return rows;
  }

  private static MappedFields mapped(List<String> found, String... paths) {
    List<List<String>> parsed = Stream.of(paths).map(FieldPath::parse).toList();
    return new MappedFields(
        new FieldPaths(parsed), (fields, origin, sink) -> found.addAll(found(fields)));
  }

  private static List<String> read(String json, String... paths) throws IOException {
    List<String> found = new ArrayList<>();
    JsonFieldsReader reader = new JsonFieldsReader(mapped(found, paths), "object");
    try (JsonParser parser = new JsonFactory().createParser(json.getBytes(UTF_8))) {
      reader.read(parser, FlowReading.ORIGIN, NO_SINK);
      assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(parser.nextToken()).isNull();
    }
    return found;
  }

  private static List<String> read(Object value, String... paths) {
    List<String> found = new ArrayList<>();
    new ConnectFieldsReader(mapped(found, paths), "object")
        .read(value, FlowReading.ORIGIN, NO_SINK);
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"b\":{\"c\":1}}}             | 1",
        "{\"a\":{\"b.c\":2}}                   | 2",
        "{\"a.b\":{\"c\":3}}                   | 3",
        "{\"a.b.c\":4}                         | 4",
        "{\"a\":{\"b\":{\"c\":1},\"b.c\":2}}   | 2",
        "{\"a\":{\"b.c\":2,\"b\":{\"c\":1}}}   | 2",
        "{\"a\":{\"b.c\":2},\"a.b\":{\"c\":3}} | 3",
        "{\"a.b\":{\"c\":3},\"a\":{\"b.c\":2}} | 3",
        "{\"a.b.c\":4,\"a.b\":{\"c\":3}}       | 4",
        "{\"a\":{\"b\":{\"c\":1}},\"a.b.c\":4} | 4",
        "{\"a.b.c\":null,\"a\":{\"b.c\":2}}    | 2",
        "{\"a\":{\"b.c\":2},\"a.b.c\":null}    | 2",
        "{\"a.b.c\":null}                      | NULL",
        "{\"a\":1}                             | ABSENT",
        "{\"a\":{\"b\":7}}                     | ABSENT",
        "{\"a\":[{\"b\":{\"c\":1}}]}           | ABSENT",
        "{\"b\":{\"c\":1},\"c\":1,\"b.c\":1}   | ABSENT",
        "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}     | COMPOSITE",
        "{\"a\":{\"b\":{\"c\":[1,2]}}}         | COMPOSITE",
      })
  void findsAPathInEverySpellingTheFlatterOneFirst(String json, String expected)
      throws IOException {
    assertThat(read(json, "a.b.c")).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2}                             | ABSENT, ABSENT",
        "{\"a\":{\"b\":1,\"c\":2},\"a\":{\"b\":3}}     | 3,      ABSENT",
        "{\"a\":{\"b\":1,\"c\":2},\"a\":5}             | ABSENT, ABSENT",
        "{\"a\":{\"b\":1,\"c\":2},\"a\":null}          | ABSENT, ABSENT",
        "{\"a.b\":9,\"a\":{\"b\":1,\"c\":2},\"a\":{}}  | 9,      ABSENT",
        "{\"a\":{\"b\":1,\"b\":2,\"c\":3,\"c\":null}}  | 2,      NULL",
      })
  void letsTheLastOfSeveralFieldsOfOneNameCount(String json, String expected) throws IOException {
    assertThat(read(json, "a.b", "a.c")).containsExactly(expected.split(",\\s+"));
  }

  @Test
  void readsSharedPrefixesInOnePass() throws IOException {
    String json = "{\"a\":{\"x\":1,\"b\":{\"y\":2,\"z\":3}},\"a.b.z\":4,\"w\":5}";
    assertThat(read(json, "a.b.y", "a.b.z", "a.x", "w", "v"))
        .containsExactly("2", "4", "1", "5", "ABSENT");
  }

  @Test
  void givesEachOfSeveralRowsWithOnePathTheSame() throws IOException {
    assertThat(read("{\"a\":{\"b\":\"x\"},\"c\":1.5}", "a.b", "c", "a.b", "c"))
        .containsExactly("x", "1.5", "x", "1.5");
  }

  @Test
  void readsAPathThatLeadsThroughAnother() throws IOException {
    assertThat(read("{\"a\":{\"b\":1}}", "a", "a.b")).containsExactly("COMPOSITE", "1");
    assertThat(read("{\"a\":1}", "a", "a.b")).containsExactly("1", "ABSENT");
    assertThat(read(Map.of("a", Map.of("b", 1)), "a", "a.b")).containsExactly("COMPOSITE", "1");
  }

  @Test
  void readsMapsAndStructsAlike() {
    Schema inner = SchemaBuilder.struct().field("b.c", Schema.INT32_SCHEMA).optional().build();
    Schema outer =
        SchemaBuilder.struct()
            .field("a", inner)
            .field("a.b.c", Schema.OPTIONAL_INT32_SCHEMA)
            .field("d", Schema.STRING_SCHEMA)
            .build();
    Struct struct = new Struct(outer).put("a", new Struct(inner).put("b.c", 2)).put("d", "x");
    assertThat(read(struct, "a.b.c", "d")).containsExactly("2", "x");
    assertThat(read(struct.put("a.b.c", 4), "a.b.c", "d")).containsExactly("4", "x");
    assertThat(read(Map.of("a", struct), "a.a.b.c")).containsExactly("4");
    assertThat(read(Map.of("a", Map.of("b", Map.of("c", 1), "b.c", 2)), "a.b.c"))
        .containsExactly("2");
    assertThat(read(Collections.singletonMap(null, 1), "a")).containsExactly("ABSENT");
  }

  @Test
  void walksTheDeepestPathThatThereMayBe() throws IOException {
    List<String> names = Collections.nCopies(32, "n");
    String path = String.join(".", names);
    String nested = "{\"n\":".repeat(32) + "1" + "}".repeat(32);
    assertThat(read(nested, path)).containsExactly("1");
    assertThat(read("{\"" + path + "\":2}", path)).containsExactly("2");
    assertThat(read(nested.substring(0, nested.length() - 1) + ",\"" + path + "\":2}", path))
        .containsExactly("2");
    assertThat(read("{\"n\":{\"" + path.substring(2) + "\":3}}", path)).containsExactly("3");
    assertThatThrownBy(() -> new FieldPaths(List.of(Collections.nCopies(33, "n"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
