package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be known about docker-compose.yml without a Docker. */
class ComposeFileTest {

  private static final Path FILE = Path.of("docker-compose.yml");
  private static final Pattern PINNED = Pattern.compile("[a-z/]+:v?[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("127\\.0\\.0\\.1:(?:\\$\\{[A-Z_]+:-)?([0-9]+)}?:\\1");

  private final JsonNode compose;

  ComposeFileTest() throws IOException {
    this.compose = yaml(FILE);
  }

  private static JsonNode yaml(Path file) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
  }

  @Test
  void everyServiceHasAPinnedImageAndAHealthCheck() {
    assertThat(services())
        .isNotEmpty()
        .allSatisfy(
            (name, service) -> {
              assertThat(service.path("image").asText()).as(name).matches(PINNED);
              assertThat(service.at("/healthcheck/test")).as(name).isNotEmpty();
            });
  }

  @Test
  void aServiceWaitsForServicesThatExist() {
    for (JsonNode service : services().values()) {
      service
          .path("depends_on")
          .properties()
          .forEach(
              each -> {
                assertThat(services()).containsKey(each.getKey());
                assertThat(each.getValue().path("condition").asText())
                    .isIn("service_healthy", "service_started");
              });
    }
  }

  @Test
  void allServicesShareTheNetworkOfTheOneThatPublishesThePorts() {
    services()
        .forEach(
            (name, service) ->
                assertThat(service.path("network_mode").asText())
                    .as(name)
                    .isEqualTo(name.equals("kafka") ? "" : "service:kafka"));
    assertThat(services()).allSatisfy((name, service) -> owns(name, service.path("ports")));
  }

  private static void owns(String name, JsonNode ports) {
    assertThat(ports.isMissingNode()).as(name).isEqualTo(!name.equals("kafka"));
    assertThat(ports).allSatisfy(port -> assertThat(port.asText()).matches(LOOPBACK));
  }

  @Test
  void everyNamedVolumeIsDeclared() {
    List<String> named = new ArrayList<>();
    for (JsonNode volume : volumes()) {
      if (volume.isTextual()) {
        named.add(volume.asText().split(":", 2)[0]);
      }
    }
    assertThat(compose.path("volumes").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void whatIsMountedIsOfTheBuildOrOfTheRepositoryAndIsOnlyRead() throws IOException {
    Set<String> built =
        Set.of("./target/" + archive(), "./target/observability/jmx_prometheus_javaagent.jar");
    List<String> found = new ArrayList<>();
    for (JsonNode mount : mounts()) {
      String source = mount.path("source").asText();
      assertThat(mount.path("read_only").asBoolean()).as(source).isTrue();
      assertThat(mount.at("/bind/create_host_path").asBoolean(true)).as(source).isFalse();
      if (source.startsWith("./target/")) {
        found.add(source);
      } else {
        assertThat(Path.of(source)).exists();
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(built);
    assertThat(compose.at("/services/connect/command/2").asText())
        .contains(" " + target(archive()) + " ");
  }

  /** The agent is where the worker looks for it, and shows its metrics where Prometheus looks. */
  @Test
  void theWorkerHasTheExporterThatPrometheusReads() throws IOException {
    Matcher options =
        Pattern.compile("-javaagent:(\\S+)=([0-9]+):(\\S+)")
            .matcher(compose.at("/services/connect/environment/KAFKA_OPTS").asText());
    assertThat(options.matches()).isTrue();
    assertThat(options.group(1)).isEqualTo(target("jmx_prometheus_javaagent.jar"));
    assertThat(options.group(3)).isEqualTo(target("jmx-exporter.yml"));
    assertThat(published()).contains(options.group(2));

    JsonNode prometheus = yaml(Path.of("config", "observability", "prometheus.yml"));
    assertThat(prometheus.at("/scrape_configs/0/static_configs/0/targets/0").asText())
        .isEqualTo("localhost:" + options.group(2));
    assertThat(compose.at("/services/prometheus/command/0").asText())
        .isEqualTo("--config.file=" + target("prometheus.yml"));
    assertThat(Path.of(target("alerts.yml")).getParent())
        .isEqualTo(Path.of(target("prometheus.yml")).getParent());
  }

  @Test
  void theWorkerHasADoorOnAPortThatIsPublished() {
    Map<String, String> properties = new TreeMap<>(Map.of("bootstrap.servers", "localhost:9092"));
    compose
        .at("/services/connect/command/2")
        .asText()
        .lines()
        .filter(line -> line.matches("(rest|datapoints)\\.[a-z.]+=.*"))
        .forEach(
            line -> properties.put(line.replaceFirst("=.*", ""), line.replaceFirst("[^=]*=", "")));

    assertThat(properties)
        .containsEntry("rest.extension.classes", DatapointsRestExtension.class.getName());
    assertThat(DoorFaults.of(properties)).isEmpty();
    String listeners = properties.getOrDefault("datapoints.http.listeners", "");
    assertThat(published()).contains(listeners.replaceFirst(".*:", ""));
  }

  @Test
  void grafanaFindsItsDashboardsAndPinsItsPlugin() {
    JsonNode environment = compose.at("/services/grafana/environment");
    String mounted = target("grafana");

    assertThat(Path.of("config/observability/grafana/provisioning")).isDirectory();
    assertThat(environment.path("GF_PATHS_PROVISIONING").asText())
        .isEqualTo(mounted + "/provisioning");
    String home = environment.path("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asText();
    assertThat(home).startsWith(mounted + "/");
    assertThat(Path.of(home.replace(mounted, "config/observability/grafana"))).isRegularFile();
    assertThat(environment.path("GF_PLUGINS_PREINSTALL").asText())
        .matches("[a-z-]+@[0-9]+\\.[0-9]+\\.[0-9]+");
  }

  @Test
  void onlyTheMonitoringHasToBeAskedFor() {
    services()
        .forEach(
            (name, service) ->
                assertThat(service.path("profiles").path(0).asText())
                    .as(name)
                    .isEqualTo(Set.of("prometheus", "grafana").contains(name) ? "monitoring" : ""));
  }

  @Test
  void everyConfigurationThatItMentionsExists() throws IOException {
    List<String> mentioned =
        Pattern.compile("config/[a-z-]+\\.json")
            .matcher(Files.readString(FILE))
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(mentioned)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Path.of(name)).isRegularFile());
  }

  @Test
  void theSamplesNameTheAddressesThatThePortsPublish() throws IOException {
    try (Stream<Path> samples = Files.list(Path.of("config"))) {
      for (Path sample : samples.filter(each -> each.toString().endsWith(".json")).toList()) {
        assertThat(Files.readString(sample))
            .as(sample.toString())
            .containsPattern(
                "(localhost|127\\.0\\.0\\.1):(" + String.join("|", published()) + ")\"");
      }
    }
  }

  /** The name that the build gives the archive. */
  private static String archive() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String artifact = element(pom, "artifactId");
    String version = element(pom, "version");
    return element(pom, "archive.name")
            .replace("${project.artifactId}", artifact)
            .replace("${project.version}", version)
        + ".zip";
  }

  private static String element(String pom, String name) {
    int begin = pom.indexOf("<" + name + ">") + name.length() + 2;
    return pom.substring(begin, pom.indexOf("</" + name + ">", begin));
  }

  private Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    compose.path("services").properties().forEach(s -> services.put(s.getKey(), s.getValue()));
    return services;
  }

  private List<String> published() {
    List<String> ports = new ArrayList<>();
    compose
        .at("/services/kafka/ports")
        .forEach(port -> ports.add(port.asText().replaceFirst(".*:", "")));
    return ports;
  }

  /** Where the file or directory of this name is in the container that it is mounted into. */
  private String target(String name) {
    return mounts().stream()
        .filter(mount -> mount.path("source").asText().endsWith("/" + name))
        .findFirst()
        .orElseThrow()
        .path("target")
        .asText();
  }

  private List<JsonNode> mounts() {
    return volumes().stream().filter(JsonNode::isObject).toList();
  }

  private List<JsonNode> volumes() {
    List<JsonNode> volumes = new ArrayList<>();
    services().values().forEach(each -> each.path("volumes").forEach(volumes::add));
    return volumes;
  }
}
