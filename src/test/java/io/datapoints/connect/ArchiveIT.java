package io.datapoints.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The archive as a user receives it: what is in it, and that its parts fit together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveIT {

  private static final String NAME = "kafka-connect-datapoints";

  /** All that may be in lib, without versions. A new jar is a decision, also about its licence. */
  private static final List<String> JARS =
      List.of(
          "HdrHistogram",
          "bson",
          "bson-record-codec",
          "config",
          "jackson-annotations",
          "jackson-core",
          "jackson-databind",
          "java-driver-core",
          "java-driver-guava-shaded",
          "jetty-http",
          "jetty-io",
          "jetty-server",
          "jetty-util",
          NAME,
          "metrics-core",
          "mongodb-driver-core",
          "mongodb-driver-sync",
          "native-protocol",
          "netty-buffer",
          "netty-codec",
          "netty-common",
          "netty-handler",
          "netty-resolver",
          "netty-transport",
          "netty-transport-native-unix-common",
          "protobuf-javalite",
          "reactive-streams");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String version = PluginArchive.property("datapoints.version");
  private PluginArchive archive = new PluginArchive("", Map.of());

  @BeforeAll
  void read() throws IOException {
    archive = PluginArchive.ofTheBuild();
  }

  @Test
  void everythingIsInOneDirectoryNamedLikeTheArchive() {
    assertThat(archive.topDirectory()).isEqualTo("datapoints-" + NAME + "-" + version);
    assertThat(archive.files().keySet())
        .allSatisfy(file -> assertThat(file).startsWith(archive.topDirectory() + "/"))
        .map(file -> file.substring(archive.topDirectory().length() + 1).split("/", 2)[0])
        .containsOnly("manifest.json", "assets", "doc", "etc", "lib");
  }

  @Test
  void theManifestSaysWhatConfluentAsksFor() throws IOException {
    JsonNode manifest = JSON.readTree(archive.file("manifest.json"));

    assertThat(manifest.at("/name").textValue()).isEqualTo(NAME);
    assertThat(manifest.at("/version").textValue()).isEqualTo(version);
    assertThat(manifest.at("/owner/username").textValue()).isEqualTo("datapoints");
    assertThat(manifest.at("/owner/type").textValue()).isEqualTo("organization");
    assertThat(manifest.at("/component_types")).containsExactly(JSON.readTree("\"sink\""));
    assertThat(manifest.at("/features/delivery_guarantee"))
        .containsExactly(JSON.readTree("\"at_least_once\""));
    assertThat(manifest.at("/license/0/url").textValue()).startsWith("https://www.apache.org/");
    assertThat(manifest.at("/features/kafka_connect_api").booleanValue()).isTrue();
    assertThat(manifest.fieldNames())
        .toIterable()
        .contains(
            "title",
            "description",
            "support",
            "tags",
            "requirements",
            "logo",
            "documentation_url",
            "source_url",
            "docker_image");
  }

  @Test
  void theManifestIsFilledInAndItsPicturesAreThere() throws IOException {
    String text = new String(archive.file("manifest.json"), UTF_8);
    JsonNode manifest = JSON.readTree(text);

    assertThat(text).doesNotContain("${");
    assertThat(LocalDate.parse(manifest.at("/release_date").textValue()))
        .isAfter(LocalDate.of(2026, 1, 1));
    for (String pointer : List.of("/logo", "/owner/logo", "/support/logo")) {
      assertThat(archive.file(manifest.at(pointer).textValue())).isNotEmpty();
    }
  }

  @Test
  void libHoldsTheJarsThatAreNeededAndNoOther() {
    assertThat(archive.list("lib"))
        .allSatisfy(jar -> assertThat(jar).endsWith(".jar"))
        .map(jar -> jar.replaceFirst("-\\d.*", ""))
        .containsExactlyInAnyOrderElementsOf(JARS);
  }

  @Test
  void everyJarIsListedWithItsLicence() {
    String list = new String(archive.file("doc/licenses/THIRD-PARTY.txt"), UTF_8);

    assertThat(archive.list("doc"))
        .containsExactlyInAnyOrder(
            "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE");
    for (String jar : archive.list("lib")) {
      if (!jar.startsWith(NAME)) {
        String artifact = jar.replaceFirst("-\\d.*", "");
        String itsVersion = jar.substring(artifact.length() + 1, jar.length() - ".jar".length());
        assertThat(list).contains(":" + artifact + ":" + itsVersion + " ");
      }
    }
  }

  @Test
  void theServiceFileNamesBothConnectorsAndTheyAreInTheJar() throws IOException {
    Map<String, byte[]> jar = ourJar();
    byte[] services = jar.get("META-INF/services/" + SinkConnector.class.getName());

    assertThat(services).isNotNull();
    assertThat(new String(services, UTF_8).lines())
        .containsExactlyInAnyOrder(
            CassandraDatapointSinkConnector.class.getName(),
            MongoDatapointSinkConnector.class.getName())
        .allSatisfy(name -> assertThat(jar).containsKey(classFile(name)));
  }

  @Test
  void theServiceFileNamesTheDoorAndItIsInTheJar() throws IOException {
    Map<String, byte[]> jar = ourJar();
    byte[] services = jar.get("META-INF/services/" + ConnectRestExtension.class.getName());

    assertThat(services).isNotNull();
    assertThat(new String(services, UTF_8).lines())
        .containsExactly(DatapointsRestExtension.class.getName());
    assertThat(jar).containsKey(classFile(DatapointsRestExtension.class.getName()));
  }

  /** Those of a worker are not seen from here: annotations and types of two copies do not meet. */
  @Test
  void noJarBringsClassesOfTheWorkersRestServer() throws IOException {
    for (String jar : archive.list("lib")) {
      assertThat(archive.jar("lib/" + jar).keySet())
          .as(jar)
          .noneMatch(name -> name.startsWith("jakarta/") || name.startsWith("javax/"));
    }
  }

  @Test
  void theJarKnowsItsVersion() throws IOException {
    assertThat(new String(ourJar().get(NAME + ".properties"), UTF_8).strip())
        .isEqualTo("version=" + version);
  }

  /** But for the files of config, which are in etc, and docker-compose.yml, which needs a build. */
  @Test
  void thePagesAreThereAndFindEachOther() throws IOException {
    List<Page> pages = new ArrayList<>(Page.below("docs"));
    for (String page : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md")) {
      pages.add(Page.read(page));
    }
    for (Page page : pages) {
      assertThat(new String(archive.file("doc/" + page.path()), UTF_8)).isEqualTo(page.text());
      assertThat(page.relativeLinks())
          .map(page::target)
          .filteredOn(target -> !target.startsWith("config"))
          .filteredOn(target -> !target.endsWith("docker-compose.yml"))
          .allSatisfy(target -> assertThat(archive.file("doc/" + target)).isNotEmpty());
    }
  }

  /** SampleConfigurationsTest says what is in them. */
  @Test
  void everyFileOfConfigIsThere() throws IOException {
    Path config = Path.of("config");
    try (Stream<Path> files = Files.walk(config)) {
      List<Path> shipped = files.filter(Files::isRegularFile).toList();
      assertThat(shipped).isNotEmpty();
      for (Path file : shipped) {
        assertThat(archive.file("etc/" + config.relativize(file)))
            .as(file.toString())
            .isEqualTo(Files.readAllBytes(file));
      }
    }
  }

  private Map<String, byte[]> ourJar() throws IOException {
    return archive.jar("lib/" + NAME + "-" + version + ".jar");
  }

  private static String classFile(String className) {
    return className.replace('.', '/') + ".class";
  }
}
