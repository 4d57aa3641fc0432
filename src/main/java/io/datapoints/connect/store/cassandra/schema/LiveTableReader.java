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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the server what a table looks like now; see {@link SchemaReader} for why not the driver. */
public final class LiveTableReader {

  private static final String TABLE =
      "SELECT id FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?";
  private static final String COLUMNS =
      "SELECT column_name, type, kind, position FROM system_schema.columns"
          + " WHERE keyspace_name = ? AND table_name = ?";
  private static final String TYPES =
      "SELECT type_name, field_names, field_types FROM system_schema.types WHERE keyspace_name = ?";

  private final CqlSession session;
  private final String keyspace;
  private final String table;

  public LiveTableReader(CqlSession session, String keyspace, String table) {
    this.session = session;
    this.keyspace = keyspace;
    this.table = table;
  }

  /** The table as a node has it, empty for none. */
  public CompletionStage<Optional<LiveTable>> read() {
    CompletionStage<List<Row>> found = rows(SimpleStatement.newInstance(TABLE, keyspace, table));
    CompletionStage<List<Row>> columns =
        rows(SimpleStatement.newInstance(COLUMNS, keyspace, table));
    CompletionStage<List<Row>> types = rows(SimpleStatement.newInstance(TYPES, keyspace));
    return found.thenCompose(
        tables ->
            columns.thenCombine(
                types,
                (columnRows, typeRows) ->
                    // Both are read apart: while a table is made or dropped, one may be missing.
                    tables.isEmpty() || columnRows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(table(tables.get(0), columnRows, typeRows))));
  }

  private LiveTable table(Row found, List<Row> columnRows, List<Row> typeRows) {
    Map<String, List<String>> types = new TreeMap<>();
    Map<String, List<String>> fieldTypes = new TreeMap<>();
    for (Row row : typeRows) {
      types.put(text(row, "type_name"), texts(row, "field_names"));
      fieldTypes.put(text(row, "type_name"), texts(row, "field_types"));
    }
    String typesText = types + " " + fieldTypes;
    String id = String.valueOf(found.getUuid("id"));
    return new LiveTable(keyspace, table, id, columns(columnRows), types, typesText);
  }

  private static List<Column> columns(List<Row> rows) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparing((Row row) -> kind(row))
            .thenComparing(row -> row.getInt("position"))
            .thenComparing(row -> text(row, "column_name")));
    return sorted.stream()
        .map(row -> new Column(text(row, "column_name"), text(row, "type"), kind(row)))
        .toList();
  }

  private static Kind kind(Row row) {
    return Kind.valueOf(text(row, "kind").toUpperCase(Locale.ROOT));
  }

  private static String text(Row row, String column) {
    return String.valueOf(row.getString(column));
  }

  private static List<String> texts(Row row, String column) {
    List<String> texts = row.getList(column, String.class);
    return texts == null ? List.of() : texts;
  }

  private CompletionStage<List<Row>> rows(SimpleStatement statement) {
    return session
        .executeAsync(statement.setConsistencyLevel(DefaultConsistencyLevel.LOCAL_ONE))
        .thenCompose(result -> rest(result, new ArrayList<>()));
  }

  /** A keyspace with thousands of types has several pages of them. */
  private static CompletionStage<List<Row>> rest(AsyncResultSet page, List<Row> before) {
    page.currentPage().forEach(before::add);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> rest(next, before))
        : CompletableFuture.completedFuture(before);
  }
}
