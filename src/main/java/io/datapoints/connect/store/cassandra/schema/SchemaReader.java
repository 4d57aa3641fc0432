package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Asks the server for the tables of a keyspace. The driver's own copy of the schema lags behind the
 * server, and a refresh of it may never end (after a failed check of the schema agreement), so the
 * schema tables of Cassandra 3.0 and later are read instead.
 */
final class SchemaReader {

  private static final String KEYSPACE =
      "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?";
  private static final String COLUMNS =
      "SELECT table_name, column_name, type, kind, position FROM system_schema.columns"
          + " WHERE keyspace_name = ? AND table_name IN ?";

  private final CqlSession session;
  private final String keyspace;
  private final List<String> tables;

  /**
   * @param keyspace as the database spells it
   * @param tables the tables of interest; few enough for their columns to fit one page
   */
  SchemaReader(CqlSession session, String keyspace, List<TableDefinition> tables) {
    this.session = session;
    this.keyspace = keyspace;
    this.tables = tables.stream().map(TableDefinition::name).toList();
  }

  CompletionStage<KeyspaceState> read() {
    CompletionStage<Boolean> exists =
        query(SimpleStatement.newInstance(KEYSPACE, keyspace))
            .thenApply(rows -> rows.one() != null);
    CompletionStage<Map<String, List<Column>>> columns =
        query(SimpleStatement.newInstance(COLUMNS, keyspace, tables))
            .thenApply(SchemaReader::columns);
    return exists.thenCombine(
        columns, (found, byTable) -> new KeyspaceState(keyspace, found, byTable));
  }

  /** The schema tables are local to each node: any consistency is the same. */
  private CompletionStage<AsyncResultSet> query(SimpleStatement statement) {
    return session.executeAsync(statement.setConsistencyLevel(DefaultConsistencyLevel.LOCAL_ONE));
  }

  private static Map<String, List<Column>> columns(AsyncResultSet result) {
    List<Row> rows = new ArrayList<>();
    result.currentPage().forEach(rows::add);
    rows.sort(Comparator.comparingInt(row -> row.getInt("position")));
    Map<String, List<Column>> tables = new HashMap<>();
    for (Row row : rows) {
      Column column =
          new Column(text(row, "column_name"), text(row, "type"), kind(text(row, "kind")));
      tables.computeIfAbsent(text(row, "table_name"), name -> new ArrayList<>()).add(column);
    }
    return tables;
  }

  private static String text(Row row, String column) {
    return String.valueOf(row.getString(column));
  }

  private static Kind kind(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "PARTITION_KEY" -> Kind.PARTITION_KEY;
      case "CLUSTERING" -> Kind.CLUSTERING;
      case "STATIC" -> Kind.STATIC;
      default -> Kind.REGULAR;
    };
  }
}
