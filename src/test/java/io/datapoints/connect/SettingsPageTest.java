package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.mapping.MappedStore;
import io.datapoints.connect.config.mapping.TableSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** Holds the page of the settings to the code. {@code -Ddocs.update=true} rewrites it. */
class SettingsPageTest {

  private static final Path PAGE = Path.of("docs", "reference", "settings.md");
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
  void thePageListsEverySettingAsItIs() throws IOException {
    new GeneratedTable(PAGE, "settings").is("\n" + markdown());
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
