package io.datapoints.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the build puts beside the archive: the bill of materials, and checksums of both. */
class ReleaseIT {

  private static final Path ARCHIVE = Path.of(PluginArchive.property("datapoints.archive"));
  private static final String NAME = ARCHIVE.getFileName().toString().replaceFirst("\\.zip$", "");

  @ParameterizedTest
  @CsvSource({
    "zip, SHA-256, .sha256",
    "zip, SHA-512, .sha512",
    "cdx.json, SHA-256, .sha256",
    "cdx.json, SHA-512, .sha512"
  })
  void aChecksumIsTheDigestOfItsFileAndNothingElse(String kind, String algorithm, String extension)
      throws Exception {
    Path file = ARCHIVE.resolveSibling(NAME + "." + kind);
    byte[] digest = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));

    assertThat(Files.readString(Path.of(file + extension)).strip())
        .isEqualTo(HexFormat.of().formatHex(digest));
  }

  @Test
  void theBillOfMaterialsListsTheJarsOfTheArchive() throws IOException {
    JsonNode bill = bill();
    List<String> jars = PluginArchive.ofTheBuild().list("lib");
    Map<String, JsonNode> components = new TreeMap<>();
    bill.path("components").forEach(each -> components.put(jar(each), each));
    components.put(jar(bill.at("/metadata/component")), bill.at("/metadata/component"));

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(components.keySet()).containsExactlyInAnyOrderElementsOf(jars);
    assertThat(components)
        .allSatisfy(
            (jar, component) -> {
              assertThat(component.path("purl").asText()).as(jar).startsWith("pkg:maven/");
              assertThat(component.path("licenses")).as(jar).isNotEmpty();
            });
  }

  private static String jar(JsonNode component) {
    return component.path("name").asText() + "-" + component.path("version").asText() + ".jar";
  }

  /** Two builds of one commit are equal to the byte. */
  @Test
  void theBillOfMaterialsHasNothingThatChangesByItself() throws IOException {
    assertThat(bill().has("serialNumber")).isFalse();
    assertThat(bill().at("/metadata/timestamp").isMissingNode()).isTrue();
    assertThat(new String(Files.readAllBytes(ARCHIVE.resolveSibling(NAME + ".cdx.json")), UTF_8))
        .doesNotContain(System.getProperty("user.dir"));
  }

  private static JsonNode bill() throws IOException {
    return new ObjectMapper().readTree(ARCHIVE.resolveSibling(NAME + ".cdx.json").toFile());
  }
}
