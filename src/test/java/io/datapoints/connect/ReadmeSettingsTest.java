package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.MappedStore;
import io.datapoints.connect.config.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** Holds the tables of the README to the settings. {@code -Dreadme.update=true} rewrites them. */
class ReadmeSettingsTest {

  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- settings:begin -->\n";
  private static final String END = "<!-- settings:end -->\n";

  private static final ConfigDef CASSANDRA = new CassandraDatapointSinkConnector().config();
  private static final ConfigDef MONGODB = new MongoDatapointSinkConnector().config();

  private static final ConfigDef CASSANDRA_TABLE =
      TableSettings.definition(MappedStore.CASSANDRA, TableSettings.ANY);
  private static final ConfigDef MONGODB_COLLECTION =
      TableSettings.definition(MappedStore.MONGODB, TableSettings.ANY);

  private static String markdown() {
    return SettingsTable.markdown(
        new SettingsTable(CASSANDRA, MONGODB),
        new SettingsTable(CASSANDRA_TABLE, MONGODB_COLLECTION));
  }

  @Test
  void theReadmeListsEverySettingAsItIs() throws IOException {
    String expected = "\n" + markdown();
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

  @Test
  void aSettingStandsOnceWhateverConnectorsHaveIt() {
    String markdown = markdown();
    Set<String> names = new TreeSet<>(CASSANDRA.names());
    names.addAll(MONGODB.names());
    names.addAll(CASSANDRA_TABLE.names());
    names.addAll(MONGODB_COLLECTION.names());

    assertThat(markdown.lines().filter(line -> line.startsWith("| `")))
        .extracting(line -> line.split("`", 3)[1])
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(markdown).contains("| `batch.max.rows` | `250`, MongoDB `1000` |");
  }
}
