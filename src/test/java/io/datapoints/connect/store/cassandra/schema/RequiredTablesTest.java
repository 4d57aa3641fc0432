package io.datapoints.connect.store.cassandra.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.flows.FlowsTable;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On which setting it stands what a keyspace is not like, and what would cure it. */
class RequiredTablesTest {

  private static final KeyspaceState NOTHING = new KeyspaceState("net", false, Map.of());
  private static final Grants NONE = Grants.listed(Set.of());

  @Test
  void whatMayBeCreatedMayBeMissing() {
    assertThat(errors(NOTHING, Grants.unknown())).isEmpty();
    assertThat(errors(NOTHING, Grants.unknown(), "cassandra.schema.create", "false"))
        .containsExactly(
            new SettingError(
                "cassandra.keyspace",
                "cassandra.keyspace: keyspace net is missing and may not be created: create it by"
                    + " hand, or set cassandra.schema.create to true"));
  }

  @Test
  void anotherBucketIsToldOnItsSetting() {
    KeyspaceState daily = with(columns("flows.partition.bucket", "day"));
    assertThat(errors(daily, Grants.unknown(), "flows.partition.bucket", "hour")).isEmpty();
    assertThat(errors(daily, Grants.unknown()))
        .extracting(SettingError::setting)
        .containsExactly("flows.partition.bucket");
    assertThat(errors(with(columns()), Grants.unknown(), "flows.partition.bucket", "day"))
        .containsExactly(
            new SettingError(
                "flows.partition.bucket",
                "flows.partition.bucket: table net.metrics has no partition key column time_bucket"
                    + " of type timestamp: set it as the table was made"));
  }

  @Test
  void aTableOfSomebodyElseIsToldOnTheKeyspace() {
    KeyspaceState foreign = with(List.of(TableDefinition.partitionKey("id", "uuid")));
    assertThat(errors(foreign, Grants.unknown()))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.setting()).isEqualTo("cassandra.keyspace");
              assertThat(error.message())
                  .contains("net.metrics has no partition key column source_ip")
                  .endsWith("choose another keyspace");
            });
  }

  @Test
  void permissionsAreAskedForWhatIsThereAndForWhatIsNot() {
    assertThat(errors(NOTHING, NONE))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("ON ALL KEYSPACES"));
    assertThat(errors(new KeyspaceState("net", true, Map.of()), NONE))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("CREATE ON KEYSPACE net"));
    assertThat(errors(with(columns()), NONE))
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("may not MODIFY"));
    assertThat(errors(with(columns()), Grants.listed(Set.of("MODIFY <table net.metrics>"))))
        .isEmpty();
  }

  private static KeyspaceState with(List<Column> columns) {
    return new KeyspaceState("net", true, Map.of("metrics", columns));
  }

  private static List<Column> columns(String... settings) {
    return FlowsTable.tables(config(settings)).tunable().columns();
  }

  private static List<SettingError> errors(KeyspaceState state, Grants grants, String... settings) {
    CassandraSinkConfig config = config(settings);
    return FlowsTable.tables(config).errors(state, grants);
  }

  private static CassandraSinkConfig config(String... settings) {
    Map<String, String> properties =
        new HashMap<>(Map.of("layout", "flows", "cassandra.keyspace", "net"));
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return CassandraSinkConfig.from(properties);
  }
}
