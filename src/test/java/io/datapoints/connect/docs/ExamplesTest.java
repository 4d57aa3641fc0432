package io.datapoints.connect.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.datapoints.connect.CassandraDatapointSinkConnector;
import io.datapoints.connect.MongoDatapointSinkConnector;
import io.datapoints.connect.config.door.DoorConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example on every page is read by what it is for, as far as that needs no server. Queries
 * and mappings have tests of their own, which run them.
 */
class ExamplesTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Pattern QUOTED_JSON = Pattern.compile("(?:echo|--data)\\s+'([^']*)'");
  private static final Pattern SHIPPED =
      Pattern.compile("(?<![\\w./-])(?:config|src)/[\\w./-]*\\w");
  private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");
  private static final Pattern CLASSES = Pattern.compile("-Dit\\.test='?([\\w,#*]+)");
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))`");
  private static final Pattern QUICKSTART = Pattern.compile("-Dquickstart=([\\w-]+)");
  private static final Pattern GRANT =
      Pattern.compile(
          "GRANT (CREATE|MODIFY|SELECT) ON (ALL KEYSPACES|KEYSPACE \\w+|TABLE \\w+\\.\\w+)"
              + " TO datapoints;");

  static Stream<Page> pages() throws IOException {
    return Page.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyExampleIsRead(Page page) throws IOException {
    for (Page.Block block : page.blocks()) {
      switch (block.language()) {
        case "" -> fragmentOrCommands(block.text());
        case "json" -> JSON.readTree(block.text());
        case "yaml" -> YAML.readTree(block.text());
        case "properties" -> properties(block.text());
        case "sql" -> statements(page, block.text());
        case "js" -> shell(block.text());
        // Telegraf's settings: comments, sections, and names with values.
        case "toml" ->
            assertThat(block.text().lines())
                .isNotEmpty()
                .allMatch(
                    line ->
                        line.matches(
                            "#.*|\\[\\[\\w+\\.\\w+]]|  \\w+ = (\"\\w*\"|-?\\d+|true|\\[\".+\"])"));
        // Its states are held to the code beside the code.
        case "mermaid" -> assertThat(block.text()).matches("(?s)(stateDiagram-v2|flowchart).*");
        default -> throw new AssertionError("no test knows this kind of example: " + block);
      }
    }
  }

  private static void fragmentOrCommands(String text) throws IOException {
    if (text.startsWith("\"")) {
      Map<String, String> settings =
          JSON.readValue(
              "{" + text.strip().replaceAll(",$", "") + "}",
              new TypeReference<Map<String, String>>() {});
      assertKnown(settings.keySet());
    } else {
      for (MatchResult quoted : QUOTED_JSON.matcher(text).results().toList()) {
        // A record may stand behind its key and the separator.
        JSON.readTree(quoted.group(1).replaceFirst("^\\w+\\|", ""));
      }
    }
  }

  private static void properties(String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    assertThat(properties).isNotEmpty();
    assertKnown(properties.stringPropertyNames());
  }

  /** Settings of a connector, of the door or, for secrets, of a worker. */
  private static void assertKnown(Set<String> settings) {
    Set<String> known = new HashSet<>(new CassandraDatapointSinkConnector().config().names());
    known.addAll(new MongoDatapointSinkConnector().config().names());
    known.addAll(DoorConfig.definition().names());
    known.addAll(
        List.of("topics", "config.providers", "header.converter", "rest.extension.classes"));
    assertThat(settings)
        .isNotEmpty()
        .allMatch(
            name ->
                known.contains(name)
                    || name.startsWith("topic.")
                    || name.matches("config\\.providers\\.(file|dir)\\..+"));
  }

  /** Queries stand on pages whose own tests ask them. */
  private static void statements(Page page, String text) {
    if (text.contains("SELECT ") && !text.contains("GRANT")) {
      assertThat(page.path().toString())
          .isIn("docs/layouts/flows.md", "config/learning-analytics/README.md");
    } else {
      assertThat(text.lines().filter(line -> !line.startsWith("--")))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).matches(GRANT));
    }
  }

  /** The argument of the one call, in which the shell asks for the password. */
  private static void shell(String text) {
    int begin = text.indexOf("({");
    int end = text.lastIndexOf("})");
    Document user =
        Document.parse(text.substring(begin + 1, end + 1).replace("passwordPrompt()", "\"\""));
    assertThat(user).containsOnlyKeys("user", "pwd", "roles");
  }

  @Test
  void theConnectorOfTheReadmeIsTheOneThatIsShipped() throws IOException {
    assertThat(Page.read("README.md").blocks())
        .filteredOn(block -> block.language().equals("json"))
        .singleElement()
        .satisfies(
            block ->
                assertThat(block.text())
                    .isEqualTo(Files.readString(Path.of("config", "kairosdb-cassandra.json"))));
  }

  @Test
  void theTwoCommandsOfTheReadmeAreThere() throws IOException {
    assertThat(Page.read("README.md").text())
        .contains("\nmvn -B verify ", "\nmvn -B -Pquickstart verify ");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsNameWhatIsThere(Page page) throws IOException {
    assertThat(found(SHIPPED, page.text())).allSatisfy(file -> assertThat(Path.of(file)).exists());

    String pom = Files.readString(Path.of("pom.xml"));
    assertThat(found(PROFILE, page.text()))
        .allSatisfy(profile -> assertThat(pom).contains("<id>" + profile + "</id>"));

    Set<String> tests = testClasses();
    assertThat(found(NAMED, page.text())).allSatisfy(name -> assertThat(tests).contains(name));
    for (String classes : found(CLASSES, page.text())) {
      assertThat(classes.split(",", -1))
          .allSatisfy(name -> assertThat(tests).contains(name.replaceFirst("#.*", "")));
    }
  }

  @Test
  void theQuickstartsThatAreShownAreThere() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Page page : Page.all()) {
      shown.addAll(found(QUICKSTART, page.text()));
    }
    String code =
        Files.readString(
            Path.of("src/test/java/io/datapoints/connect/quickstart/Demonstration.java"));

    assertThat(shown)
        .containsExactly("flows", "learning-analytics", "mongodb")
        .allSatisfy(name -> assertThat(code).contains("\"" + name + "\""));
  }

  /** What the first group holds, or the whole where there is none. */
  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult each) -> each.group(each.groupCount()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
