package io.datapoints.connect.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the exporter's rules to the catalogue. {@code -Dexporter.update=true} rewrites them. */
class ExporterRulesTest {

  private static final String BEGIN = "  # catalogue:begin\n";
  private static final String END = "  # catalogue:end\n";

  @Test
  void theFileHasTheRulesOfTheCatalogue() throws IOException {
    String file = Files.readString(ExporterRules.FILE);
    int begin = file.indexOf(BEGIN) + BEGIN.length();
    int end = file.indexOf(END);
    assertThat(begin).as("markers in the file").isBetween(BEGIN.length(), end);

    if (Boolean.getBoolean("exporter.update")) {
      Files.writeString(
          ExporterRules.FILE,
          file.substring(0, begin) + ExporterRules.yaml() + file.substring(end));
    } else {
      assertThat(file.substring(begin, end).lines().toList())
          .as(
              "jmx-exporter.yml differs from the catalogue: mvn test -Dtest=ExporterRulesTest"
                  + " -Dexporter.update=true")
          .containsExactlyElementsOf(ExporterRules.yaml().lines().toList());
    }
  }

  /** The exporter appends _total to the name of a counter that lacks it, and so renames it. */
  @Test
  void aRuleHasAPatternAHelpAndATypeThatFitsItsName() throws IOException {
    assertThat(ExporterRules.all())
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              String pattern = Pattern.compile(rule.path("pattern").asText()).pattern();
              assertThat(pattern).matches("kafka\\.(connect|consumer)<type=.*");
              assertThat(rule.path("help").asText()).endsWith(".");
              assertThat(rule.path("type").asText())
                  .as(pattern)
                  .isEqualTo(grows(rule) ? "COUNTER" : "GAUGE");
            });
  }

  private static boolean grows(JsonNode rule) {
    return rule.path("name").asText().endsWith("_total")
        || rule.path("pattern").asText().endsWith("-total)");
  }
}
