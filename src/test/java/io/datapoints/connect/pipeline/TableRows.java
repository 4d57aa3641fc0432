package io.datapoints.connect.pipeline;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The rows of a KairosDB keyspace as text: every column in the bytes that are stored, but for the
 * times of writing. A time to live is rounded up to a multiple of 100,000 s, since two writers
 * write at different moments.
 */
public final class TableRows {

  /** Seconds; far more than a test takes. */
  private static final int TTL_STEP = 100_000;

  /** Columns by table; the first one identifies the metric. */
  private static final Map<String, String> TABLES =
      Map.of(
          "data_points", "key, column1, value, TTL(value)",
          "row_keys", "metric, table_name, row_time, data_type, tags, value, TTL(mtime)",
          "row_key_time_index", "metric, table_name, row_time, value",
          "string_index", "column1, key, value",
          "tag_indexed_row_keys",
              "metric, table_name, row_time, single_tag_pair, data_type, tag_collection_hash,"
                  + " tags, value, TTL(mtime)",
          "row_key_index", "key, column1, value");

  private final CqlSession session;
  private final String keyspace;
  private final List<String> hidden;

  /**
   * @param hidden prefixes of the metrics to leave out
   */
  public TableRows(CqlSession session, String keyspace, String... hidden) {
    this.session = session;
    this.keyspace = keyspace;
    this.hidden = Arrays.stream(hidden).map(TableRows::hex).toList();
  }

  /** The names of the tables. */
  public static Set<String> tables() {
    return TABLES.keySet();
  }

  /** All rows of a table, in order of their text. */
  public SortedSet<String> of(String table) {
    SortedSet<String> rows = new TreeSet<>();
    for (Row row :
        session.execute("SELECT " + TABLES.get(table) + " FROM " + keyspace + "." + table)) {
      String text = text(row);
      if (!isRemnant(row) && hidden.stream().noneMatch(text::startsWith)) {
        rows.add(text);
      }
    }
    return rows;
  }

  /** The rows of all tables that have a metric of this name. */
  public List<String> mentioning(String metric) {
    String name = hex(metric);
    List<String> rows = new ArrayList<>();
    for (String table : tables()) {
      of(table).stream()
          .filter(row -> row.startsWith(name + " ") || row.startsWith(name + "00"))
          .forEach(row -> rows.add(table + " " + row));
    }
    return rows;
  }

  /** A static column outlives the rows of its partition. */
  private static boolean isRemnant(Row row) {
    return row.getColumnDefinitions().contains("tags") && row.isNull("tags");
  }

  private static String hex(String text) {
    return Bytes.toHexString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      text.append(i == 0 ? "" : " ").append(text(row, i));
    }
    return text.toString();
  }

  private static String text(Row row, int column) {
    ByteBuffer bytes = row.getBytesUnsafe(column);
    if (bytes == null) {
      return "null";
    }
    if (row.getColumnDefinitions().get(column).getName().asInternal().startsWith("ttl(")) {
      int steps = (bytes.getInt(bytes.position()) + TTL_STEP - 1) / TTL_STEP;
      return "ttl " + steps * TTL_STEP;
    }
    return Bytes.toHexString(bytes);
  }
}
