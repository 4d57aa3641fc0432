package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks a node for its schema. The driver's own copy lags behind the server, and a refresh of it may
 * never end (after a failed check of the schema agreement), so the schema tables of Cassandra 3.0
 * and later are read instead.
 */
public final class SchemaReader {

  private static final String KEYSPACE =
      "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?";
  private static final String COLUMNS =
      "SELECT table_name, column_name, type, kind, position FROM system_schema.columns"
          + " WHERE keyspace_name = ? AND table_name IN ?";
  private static final String TABLE =
      "SELECT id FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?";
  private static final String COLUMNS_OF_TABLE =
      "SELECT column_name, type, kind, position FROM system_schema.columns"
          + " WHERE keyspace_name = ? AND table_name = ?";
  private static final String TYPES =
      "SELECT type_name, field_names, field_types FROM system_schema.types WHERE keyspace_name = ?";

  private final CqlSession session;

  public SchemaReader(CqlSession session) {
    this.session = session;
  }

  /** Completes when all nodes have the same schema; fails with a retry when they do not in time. */
  public CompletionStage<Void> agreement() {
    return session
        .checkSchemaAgreementAsync()
        .thenAccept(
            agreed -> {
              if (!agreed) {
                throw StoreException.retry(
                    Cause.SCHEMA, "waiting for the nodes to agree on the schema");
              }
            });
  }

  public CompletionStage<Boolean> hasKeyspace(String keyspace) {
    return query(SimpleStatement.newInstance(KEYSPACE, keyspace))
        .thenApply(rows -> rows.one() != null);
  }

  /**
   * What a keyspace has of these tables.
   *
   * @param tables few enough for their columns to fit one page
   */
  CompletionStage<KeyspaceState> keyspace(String keyspace, List<String> tables) {
    CompletionStage<Boolean> exists = hasKeyspace(keyspace);
    CompletionStage<AsyncResultSet> columns =
        query(SimpleStatement.newInstance(COLUMNS, keyspace, tables));
    return exists.thenCombine(
        columns,
        (found, result) -> {
          Map<String, List<Row>> rows = new LinkedHashMap<>();
          result
              .currentPage()
              .forEach(
                  row ->
                      rows.computeIfAbsent(text(row, "table_name"), name -> new ArrayList<>())
                          .add(row));
          Map<String, List<Column>> byTable = new LinkedHashMap<>();
          rows.forEach((table, its) -> byTable.put(table, columns(its)));
          return new KeyspaceState(keyspace, found, byTable);
        });
  }

  /** A table with all that its statements depend on, empty where there is none. */
  public CompletionStage<Optional<LiveTable>> table(String keyspace, String table) {
    CompletionStage<List<Row>> found = rows(SimpleStatement.newInstance(TABLE, keyspace, table));
    CompletionStage<List<Row>> columns =
        rows(SimpleStatement.newInstance(COLUMNS_OF_TABLE, keyspace, table));
    CompletionStage<List<Row>> types = rows(SimpleStatement.newInstance(TYPES, keyspace));
    return found.thenCompose(
        tables ->
            columns.thenCombine(
                types,
                (columnRows, typeRows) ->
                    // Both are read apart: while a table is made or dropped, one may be missing.
                    tables.isEmpty() || columnRows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                            table(keyspace, table, tables.get(0), columnRows, typeRows))));
  }

  private static LiveTable table(
      String keyspace, String table, Row found, List<Row> columnRows, List<Row> typeRows) {
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

  /** The key first and in its order, then by name. */
  private static List<Column> columns(List<Row> rows) {
    return rows.stream()
        .sorted(
            Comparator.comparing(SchemaReader::kind)
                .thenComparing(row -> row.getInt("position"))
                .thenComparing(row -> text(row, "column_name")))
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
    return query(statement).thenCompose(result -> rest(result, new ArrayList<>()));
  }

  /** A keyspace with thousands of types has several pages of them. */
  private static CompletionStage<List<Row>> rest(AsyncResultSet page, List<Row> before) {
    page.currentPage().forEach(before::add);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> rest(next, before))
        : CompletableFuture.completedFuture(before);
  }

  /** The schema tables are local to each node: any consistency is the same. */
  private CompletionStage<AsyncResultSet> query(SimpleStatement statement) {
    return session.executeAsync(statement.setConsistencyLevel(DefaultConsistencyLevel.LOCAL_ONE));
  }
}
