package io.datapoints.connect.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be known of the dashboards without a Grafana. */
class DashboardsTest {

  private static final Path PROVISIONING =
      Dashboard.DIRECTORY.resolveSibling("provisioning").normalize();
  private static final int WIDTH = 24;

  static List<Dashboard> dashboards() throws IOException {
    return List.of(Dashboard.connector(), Dashboard.flows());
  }

  @Test
  void everyFileIsOneOfThem() throws IOException {
    try (Stream<Path> files = Files.list(Dashboard.DIRECTORY)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("connector.json", "flows.json");
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsHaveATitleOneIdEachAndAPlaceOfTheirOwn(Dashboard dashboard) {
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : dashboard.panels()) {
      assertThat(panel.path("title").asText()).isNotEmpty();
      assertThat(ids.add(panel.path("id").asInt())).as("id of " + panel.path("title")).isTrue();
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(WIDTH);
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          String cell = (place.path("x").asInt() + x) + "," + (place.path("y").asInt() + y);
          assertThat(cells.add(cell)).as("%s lies on another", panel.path("title")).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyDataSourceIsProvisioned(Dashboard dashboard) throws IOException {
    Map<String, String> known = new TreeMap<>();
    yaml(PROVISIONING.resolve("datasources/datapoints.yml"))
        .path("datasources")
        .forEach(each -> known.put(each.path("uid").asText(), each.path("type").asText()));

    assertThat(dashboard.json().findValues("datasource"))
        .isNotEmpty()
        .allSatisfy(
            used ->
                assertThat(known)
                    .containsEntry(used.path("uid").asText(), used.path("type").asText()));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyVariableThatIsUsedIsDeclared(Dashboard dashboard) {
    Set<String> declared =
        dashboard.variables().stream()
            .map(each -> each.path("name").asText())
            .collect(Collectors.toSet());
    Set<String> used = new HashSet<>();
    for (JsonNode target : dashboard.targets()) {
      Pattern.compile("\\$(?!__)(\\w+)")
          .matcher(target.path("expr").asText() + target.path("target").asText())
          .results()
          .map((MatchResult each) -> each.group(1))
          .forEach(used::add);
    }

    assertThat(used).isEqualTo(declared);
  }

  @Test
  void theConnectorsDashboardAsksPrometheusAlone() throws IOException {
    assertThat(Dashboard.connector().expressions())
        .isNotEmpty()
        .allSatisfy(expression -> assertThat(PromQl.series(expression)).isNotEmpty());
  }

  /** Where docker-compose.yml puts them; ComposeFileTest knows the mount. */
  @Test
  void theProviderReadsTheDirectoryThatIsMounted() throws IOException {
    JsonNode providers = yaml(PROVISIONING.resolve("dashboards/datapoints.yml"));

    assertThat(providers.at("/providers/0/options/path").asText())
        .isEqualTo("/etc/datapoints/" + Dashboard.DIRECTORY.getFileName());
  }

  private static JsonNode yaml(Path file) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
  }
}
