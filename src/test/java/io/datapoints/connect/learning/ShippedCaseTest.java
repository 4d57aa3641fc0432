package io.datapoints.connect.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files in config/learning-analytics agree with each other and with what is tested. */
class ShippedCaseTest {

  static final Path DIRECTORY = Path.of("config", "learning-analytics");

  private static final Pattern TABLE = Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)");
  private static final Pattern QUERY = Pattern.compile("```sql\n(.*?);?\n```", Pattern.DOTALL);
  private static final Pattern LITERAL = Pattern.compile("'[^']*'|(?<=LIMIT )\\d+");
  private static final String MAPPING = ".mapping";

  private final Serving serving = new Serving();
  private final LearningSchema schema = new LearningSchema(DIRECTORY);
  private final JsonNode config;

  ShippedCaseTest() throws IOException {
    this.config =
        new ObjectMapper()
            .readTree(DIRECTORY.resolve("cassandra-sink.json").toFile())
            .path("config");
  }

  @Test
  void everyTopicHasATableAndEveryTableATopic() {
    Set<String> topics = new TreeSet<>();
    Set<String> tables = new TreeSet<>();
    for (String prefix : prefixes()) {
      int keyspace = prefix.indexOf("." + LearningSchema.KEYSPACE + ".");
      topics.add(prefix.substring("topic.".length(), keyspace));
      tables.add(prefix.substring(keyspace + LearningSchema.KEYSPACE.length() + 2));
    }
    assertThat(topics).containsExactlyInAnyOrderElementsOf(Campus.topics());
    assertThat(config.path("topics").asText().split(",", -1))
        .containsExactlyElementsOf(Campus.topics());
    assertThat(tables).containsExactlyInAnyOrderElementsOf(serving.tables());
  }

  @Test
  void theSchemaHasTheTablesThatAreServed() throws IOException {
    List<String> created =
        schema.statements("tables.cql").stream()
            .flatMap(each -> TABLE.matcher(each).results())
            .map((MatchResult table) -> table.group(1))
            .toList();
    assertThat(created).containsExactlyInAnyOrderElementsOf(serving.tables());
  }

  @Test
  void noTableNeedsAnIndexAndNoQueryAFilter() throws IOException {
    assertThat(schema.statements("tables.cql")).noneMatch(each -> each.contains("INDEX"));
    assertThat(DashboardQuery.values()).noneMatch(each -> each.cql().contains("FILTERING"));
  }

  @Test
  void theReadmeShowsEachTestedQueryAndNoOther() throws IOException {
    List<String> shown =
        QUERY
            .matcher(Files.readString(DIRECTORY.resolve("README.md")))
            .results()
            .map((MatchResult query) -> LITERAL.matcher(query.group(1)).replaceAll("?"))
            .toList();
    assertThat(shown)
        .containsExactlyElementsOf(
            Arrays.stream(DashboardQuery.values()).map(DashboardQuery::cql).toList());
  }

  private List<String> prefixes() {
    return config.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> name.endsWith(MAPPING))
        .map(name -> name.substring(0, name.length() - MAPPING.length()))
        .toList();
  }
}
