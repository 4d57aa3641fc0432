package io.datapoints.connect.learning;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A dashboard: it asks Cassandra, and knows nothing of the connector. */
public final class Dashboard {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CqlSession session;
  private final Map<DashboardQuery, PreparedStatement> statements =
      new EnumMap<>(DashboardQuery.class);

  /**
   * @param session closed by the caller
   */
  public Dashboard(CqlSession session) {
    this.session = session;
  }

  /** The rows of an answer, each with those columns that have a value. */
  public List<Map<String, Object>> ask(Question question) {
    return session
        .execute(statement(question.query()).bind(question.arguments().toArray()))
        .map(Dashboard::columns)
        .all();
  }

  /** The statement of a query, prepared once. */
  PreparedStatement statement(DashboardQuery query) {
    return statements.computeIfAbsent(
        query, absent -> session.prepare(LearningSchema.within(query.cql())));
  }

  /** How many rows a table has; reads all of it. */
  public long count(String table) {
    Row row = session.execute(LearningSchema.within("SELECT count(*) FROM " + table)).one();
    return Objects.requireNonNull(row).getLong(0);
  }

  private static Map<String, Object> columns(Row row) {
    Map<String, Object> columns = new LinkedHashMap<>();
    ColumnDefinitions definitions = row.getColumnDefinitions();
    for (int i = 0; i < definitions.size(); i++) {
      String name = definitions.get(i).getName().asInternal();
      Object value = row.isNull(i) ? null : plain(name, row.getObject(i));
      if (value != null) {
        columns.put(name, value);
      }
    }
    return columns;
  }

  /** A UDT as a map of the fields that have a value, and JSON as a tree. */
  private static @Nullable Object plain(String column, @Nullable Object value) {
    if (value instanceof UdtValue udt) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (CqlIdentifier name : udt.getType().getFieldNames()) {
        Object field = udt.getObject(name);
        if (field != null) {
          fields.put(name.asInternal(), field);
        }
      }
      return fields;
    }
    return column.equals("details") ? tree((String) value) : value;
  }

  private static @Nullable Object tree(@Nullable String json) {
    try {
      return json == null ? null : JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
