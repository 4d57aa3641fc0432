package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the tables of the README to the settings. {@code -Dreadme.update=true} rewrites them. */
class ReadmeSettingsTest {

  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- settings:begin -->\n";
  private static final String END = "<!-- settings:end -->\n";

  @Test
  void theReadmeListsEverySettingAsItIs() throws IOException {
    String expected = "\n" + SettingsTable.of(new CassandraDatapointSinkConnector().config());
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).as("markers in the README").isBetween(BEGIN.length(), end);

    if (Boolean.getBoolean("readme.update")) {
      Files.writeString(README, readme.substring(0, begin) + expected + readme.substring(end));
    } else {
      assertThat(readme.substring(begin, end).lines().toList())
          .as(
              "README.md differs from the settings: mvn test -Dtest=ReadmeSettingsTest"
                  + " -Dreadme.update=true")
          .containsExactlyElementsOf(expected.lines().toList());
    }
  }
}
