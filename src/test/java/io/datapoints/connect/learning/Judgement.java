package io.datapoints.connect.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.TraceEvent;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds what Cassandra has against what the platform said. */
final class Judgement {

  private static final int LIMIT = 10;

  private final CqlSession session;
  private final Dashboard dashboard;
  private final Serving serving;

  Judgement(CqlSession session, Serving serving) {
    this.session = session;
    this.dashboard = new Dashboard(session);
    this.serving = serving;
  }

  /** Every table has the rows that it should have and no other. */
  void tablesHaveTheirRows() {
    for (String table : serving.tables()) {
      assertThat(dashboard.count(table)).as("rows of " + table).isEqualTo(serving.rows(table));
    }
  }

  /** Every query, asked of every partition, has exactly the answer that it should have. */
  void queriesAreAnswered(Instant from) {
    for (DashboardQuery query : DashboardQuery.values()) {
      List<Question> questions = serving.questions(query, from, LIMIT);
      assertThat(questions).as(query.title()).isNotEmpty();
      for (Question question : questions) {
        assertThat(dashboard.ask(question))
            .as("%s of %s", query.title(), question.arguments())
            .isEqualTo(serving.answer(question));
      }
    }
  }

  /**
   * Every query restricts each column of its table's partition key by equality, and reads that one
   * partition, as the server's own trace says.
   */
  void queriesReadOnePartition(Instant from) {
    for (DashboardQuery query : DashboardQuery.values()) {
      PreparedStatement statement = dashboard.statement(query);
      List<String> bound =
          statement.getPartitionKeyIndices().stream()
              .map(index -> statement.getVariableDefinitions().get(index).getName().asInternal())
              .toList();
      assertThat(bound).as(query.title()).isEqualTo(partitionKey(query)).isEqualTo(query.equal());
      assertThat(reads(statement, serving.questions(query, from, LIMIT).get(0)))
          .as(query.title())
          .containsExactly("Executing single-partition query on " + query.table());
    }
  }

  private List<String> partitionKey(DashboardQuery query) {
    return table(query.table()).getPartitionKey().stream()
        .map(column -> column.getName().asInternal())
        .toList();
  }

  private TableMetadata table(String name) {
    return session
        .getMetadata()
        .getKeyspace(LearningSchema.KEYSPACE)
        .flatMap(keyspace -> keyspace.getTable(name))
        .orElseThrow();
  }

  /** The reads that the server started. */
  private List<String> reads(PreparedStatement statement, Question question) {
    // A trace is written a little after its answer.
    DriverExecutionProfile patient =
        session
            .getContext()
            .getConfig()
            .getDefaultProfile()
            .withInt(DefaultDriverOption.REQUEST_TRACE_ATTEMPTS, 1_000)
            .withDuration(DefaultDriverOption.REQUEST_TRACE_INTERVAL, Duration.ofMillis(20));
    ResultSet answer =
        session.execute(
            statement
                .bind(question.arguments().toArray())
                .setTracing(true)
                .setExecutionProfile(patient));
    return answer.getExecutionInfo().getQueryTrace().getEvents().stream()
        .map(TraceEvent::getActivity)
        .filter(step -> step.matches("Executing .*(query|scan).*"))
        .toList();
  }

  /** All rows of all tables as text, each with the write times of those columns that have one. */
  Map<String, List<String>> contents() {
    Map<String, List<String>> contents = new TreeMap<>();
    for (String table : serving.tables()) {
      List<String> rows =
          session
              .execute(LearningSchema.within("SELECT " + columns(table) + " FROM " + table))
              .all()
              .stream()
              .map(Row::getFormattedContents)
              .sorted()
              .toList();
      contents.put(table, rows);
    }
    return contents;
  }

  private String columns(String name) {
    TableMetadata table = table(name);
    List<String> columns = new ArrayList<>();
    for (Map.Entry<CqlIdentifier, ColumnMetadata> each : table.getColumns().entrySet()) {
      String column = each.getKey().asCql(true);
      columns.add(column);
      if (!table.getPrimaryKey().contains(each.getValue()) && !plural(each.getValue().getType())) {
        columns.add("WRITETIME(" + column + ")");
      }
    }
    return columns.stream().collect(Collectors.joining(", "));
  }

  /** A collection that is not frozen has a write time for each element, which CQL lists apart. */
  private static boolean plural(DataType type) {
    return (type instanceof ListType list && !list.isFrozen())
        || (type instanceof SetType set && !set.isFrozen())
        || (type instanceof MapType map && !map.isFrozen())
        || (type instanceof UserDefinedType udt && !udt.isFrozen());
  }
}
