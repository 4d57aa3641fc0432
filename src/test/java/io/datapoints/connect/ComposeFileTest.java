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
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be known about docker-compose.yml without a Docker. */
class ComposeFileTest {

  private static final Path FILE = Path.of("docker-compose.yml");
  private static final Pattern PINNED = Pattern.compile("[a-z/]+:[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1:([0-9]+):\\1");

  private final JsonNode compose;

  ComposeFileTest() throws IOException {
    this.compose = new ObjectMapper(new YAMLFactory()).readTree(FILE.toFile());
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
  void theOnlyFileThatIsMountedIsTheArchiveOfTheBuild() throws IOException {
    List<JsonNode> mounts = volumes().stream().filter(JsonNode::isObject).toList();

    assertThat(mounts)
        .singleElement()
        .satisfies(
            mount -> {
              assertThat(mount.path("source").asText()).isEqualTo("./target/" + archive());
              assertThat(mount.path("read_only").asBoolean()).isTrue();
              assertThat(mount.at("/bind/create_host_path").asBoolean(true)).isFalse();
            });
    assertThat(compose.at("/services/connect").at("/command/2").asText())
        .contains(" " + mounts.get(0).path("target").asText() + " ");
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
    List<String> ports = new ArrayList<>();
    compose
        .at("/services/kafka")
        .path("ports")
        .forEach(port -> ports.add(port.asText().replaceFirst(".*:", "")));

    try (Stream<Path> samples = Files.list(Path.of("config"))) {
      for (Path sample : samples.filter(each -> each.toString().endsWith(".json")).toList()) {
        assertThat(Files.readString(sample))
            .as(sample.toString())
            .containsPattern("(localhost|127\\.0\\.0\\.1):(" + String.join("|", ports) + ")\"");
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

  private List<JsonNode> volumes() {
    List<JsonNode> volumes = new ArrayList<>();
    services().values().forEach(each -> each.path("volumes").forEach(volumes::add));
    return volumes;
  }
}
