package io.datapoints.connect.store.cassandra.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.store.cassandra.schema.Ddl;
import io.datapoints.connect.store.cassandra.schema.KeyspaceState;
import io.datapoints.connect.store.cassandra.schema.TableDefinition;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tables as CQL, and how a table that differs is described. */
class KairosTablesTest {

  private static final CassandraConfig CONFIG = CassandraSinkConfig.from(Map.of()).cassandra();

  @Test
  void aTableIsCreatedAsKairosdbCreatesIt() {
    assertThat(Ddl.table("\"k\"", KairosTables.ROW_KEYS, ""))
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS \"k\".row_keys (metric text, table_name text,"
                + " row_time timestamp, data_type text, tags frozen<map<text, text>>,"
                + " mtime timeuuid static, value text,"
                + " PRIMARY KEY ((metric, table_name, row_time), data_type, tags))");
    assertThat(Ddl.table("k", KairosTables.DATA_POINTS, " gc_grace_seconds = 5 "))
        .endsWith("PRIMARY KEY ((key), column1)) WITH gc_grace_seconds = 5");
  }

  @Test
  void aTableWithMoreColumnsWillDo() {
    List<Column> columns = new ArrayList<>(KairosTables.SPEC.columns());
    columns.add(TableDefinition.regular("remark", "text"));
    assertThat(mismatch(columns)).isEmpty();
  }

  @Test
  void aColumnOfAnotherTypeOrKindIsNamed() {
    List<Column> otherType = new ArrayList<>(KairosTables.SPEC.columns());
    otherType.set(2, TableDefinition.regular("value", "blob"));
    assertThat(mismatch(otherType).orElseThrow())
        .isEqualTo("table k.spec has no regular column value of type text");
    List<Column> otherKind = new ArrayList<>(KairosTables.SPEC.columns());
    otherKind.set(1, new Column("name", "text", Kind.REGULAR));
    assertThat(mismatch(otherKind).orElseThrow()).contains("clustering column name");
  }

  @Test
  void aFurtherKeyColumnIsNamed() {
    List<Column> columns = new ArrayList<>(KairosTables.SPEC.columns());
    columns.add(TableDefinition.clustering("extra", "text"));
    assertThat(mismatch(columns).orElseThrow()).contains("clustering columns [name, extra]");
  }

  @Test
  void theTagIndexIsRequiredOnlyWhereTagsAreIndexed() {
    assertThat(KairosTables.of(CONFIG, false).required())
        .doesNotContain(KairosTables.TAG_INDEXED_ROW_KEYS, KairosTables.SPEC);
    assertThat(KairosTables.of(CONFIG, true).required())
        .contains(KairosTables.TAG_INDEXED_ROW_KEYS);
  }

  private static Optional<String> mismatch(List<Column> spec) {
    return new KeyspaceState("k", true, Map.of("spec", spec)).mismatch(List.of(KairosTables.SPEC));
  }
}
