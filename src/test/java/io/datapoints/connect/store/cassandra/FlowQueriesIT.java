package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestFlows.WEB;
import static io.datapoints.connect.store.cassandra.TestFlows.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.TraceEvent;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.store.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the table of flows is good for: each query of docs/layouts/flows.md answers rightly, and
 * reads one partition, as the server's own trace of it says.
 *
 * <p>Every minute of two days has a flow to port 443 and one to port 80, worth the minute.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class FlowQueriesIT {

  private static final String PLAIN = "flow_queries";
  private static final String DAILY = "flow_queries_daily";
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final Pattern ROWS_READ = Pattern.compile("Read (\\d+) live rows.*");
  private static final int MINUTES = 2 * 24 * 60;

  private final Cassandra cassandra;
  private final CqlSession session;

  FlowQueriesIT(Servers servers) {
    this.cassandra = servers.cassandra();
    this.session = cassandra.session();
  }

  @BeforeAll
  void writeFlows() {
    fill(PLAIN, Map.of());
    fill(DAILY, Map.of("flows.partition.bucket", "day"));
  }

  @AfterAll
  void closeSession() {
    session.close();
  }

  @Test
  void theLatestFlowsOfAPairComeFirst() {
    Answer answer = ask(PLAIN, FlowQueries.LATEST.cql());
    int last = MINUTES - 1;
    assertThat(answer.minutes()).startsWith(last, last, last - 1, last - 1).hasSize(10);
    assertThat(answer.reads()).containsExactly("single-partition");
    assertThat(answer.rowsRead()).isLessThanOrEqualTo(11);
  }

  @Test
  void aTimeRangeIsOneSliceOfAPartition() {
    Answer answer = ask(PLAIN, FlowQueries.TIME_RANGE.cql());
    assertThat(answer.minutes()).hasSize(120).startsWith(minute(10, 59)).endsWith(minute(10, 0));
    assertThat(answer.reads()).containsExactly("single-partition");
    assertThat(answer.rowsRead()).isEqualTo(120);
  }

  @Test
  void portsAreASliceWhereTheTimeIsFixed() {
    Answer answer = ask(PLAIN, FlowQueries.PORTS_AT_A_TIME.cql());
    assertThat(answer.rows()).extracting(row -> row.getInt("dest_port")).containsExactly(443);
    assertThat(answer.reads()).containsExactly("single-partition");
    assertThat(answer.rowsRead()).isEqualTo(1);
  }

  @Test
  void aPortWithinATimeRangeIsFilteredInsideThePartition() {
    Answer answer = ask(PLAIN, FlowQueries.TIME_RANGE_AND_PORT.cql());
    assertThat(answer.minutes()).hasSize(60).startsWith(minute(10, 59)).endsWith(minute(10, 0));
    assertThat(answer.reads()).containsExactly("single-partition");
    // The server reads the hour and drops the flows of the other port, and no more than that.
    assertThat(answer.rowsRead()).isEqualTo(120);
  }

  @Test
  void aPortWithinATimeRangeHasToAskForThatFilter() {
    String unfiltered = FlowQueries.TIME_RANGE_AND_PORT.cql().replace(" ALLOW FILTERING", "");
    assertThatThrownBy(() -> ask(PLAIN, unfiltered))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("dest_port");
  }

  @Test
  void aDayIsAPartitionWhereDaysAreBuckets() {
    Answer answer = ask(DAILY, FlowQueries.LATEST_OF_A_DAY.cql());
    assertThat(answer.minutes()).startsWith(MINUTES - 1).hasSize(10);
    assertThat(answer.reads()).containsExactly("single-partition");
    assertThatThrownBy(() -> ask(DAILY, FlowQueries.LATEST.cql()))
        .isInstanceOf(InvalidQueryException.class);
  }

  @Test
  void aRangeOverSeveralDaysIsOneQueryADayFromTheLatestOn() {
    Instant from = START.plus(23, ChronoUnit.HOURS);
    Instant until = START.plus(25, ChronoUnit.HOURS);
    String pairAndDay =
        "SELECT value FROM metrics WHERE source_ip = '10.0.0.1' AND dest_ip = '10.0.0.2'"
            + " AND protocol = 'tcp' AND time_bucket = '%s' AND timestamp >= '%s'"
            + " AND timestamp < '%s'";
    List<Integer> minutes = new ArrayList<>();
    Instant first = from.truncatedTo(ChronoUnit.DAYS);
    Instant day = until.minusMillis(1).truncatedTo(ChronoUnit.DAYS);
    for (; !day.isBefore(first); day = day.minus(1, ChronoUnit.DAYS)) {
      Answer answer = ask(DAILY, pairAndDay.formatted(day, from, until));
      assertThat(answer.reads()).containsExactly("single-partition");
      minutes.addAll(answer.minutes());
    }
    assertThat(minutes).hasSize(240).startsWith(25 * 60 - 1).endsWith(23 * 60);
  }

  @Test
  void aQueryWithoutTheWholeKeyIsSeenToScan() {
    Answer answer =
        ask(PLAIN, "SELECT value FROM metrics WHERE source_ip = '10.0.0.1' ALLOW FILTERING;");
    assertThat(answer.rows()).isNotEmpty();
    assertThat(answer.reads()).isNotEmpty().doesNotContain("single-partition");
  }

  /**
   * What a query brought and how the server went about it.
   *
   * @param trace what the server says that it did
   */
  private record Answer(List<Row> rows, List<String> trace) {

    List<Integer> minutes() {
      return rows.stream().map(row -> (int) row.getDouble("value")).toList();
    }

    /** The reads that the server started. */
    List<String> reads() {
      return trace.stream()
          .filter(step -> step.matches("Executing .*(query|scan).*"))
          .map(
              step ->
                  step.startsWith("Executing single-partition query on metrics")
                      ? "single-partition"
                      : step)
          .toList();
    }

    /** Rows that the server read, whether or not it returned them. */
    int rowsRead() {
      return trace.stream()
          .map(ROWS_READ::matcher)
          .filter(Matcher::matches)
          .mapToInt(step -> Integer.parseInt(step.group(1)))
          .sum();
    }
  }

  private Answer ask(String keyspace, String cql) {
    // A trace is written a little after its answer.
    DriverExecutionProfile patient =
        session
            .getContext()
            .getConfig()
            .getDefaultProfile()
            .withInt(DefaultDriverOption.REQUEST_TRACE_ATTEMPTS, 1_000)
            .withDuration(DefaultDriverOption.REQUEST_TRACE_INTERVAL, Duration.ofMillis(20));
    ResultSet result =
        session.execute(
            SimpleStatement.newInstance(cql)
                .setKeyspace(keyspace)
                .setTracing(true)
                .setExecutionProfile(patient));
    List<Row> rows = result.all();
    List<String> trace =
        result.getExecutionInfos().get(0).getQueryTrace().getEvents().stream()
            .map(TraceEvent::getActivity)
            .toList();
    return new Answer(rows, trace);
  }

  private static int minute(int hour, int minute) {
    return (24 + hour) * 60 + minute;
  }

  private void fill(String keyspace, Map<String, String> settings) {
    Conversation udp = new Conversation(WEB.sourceIp(), WEB.destIp(), "udp");
    try (CassandraStore store =
        TestFlows.store(
            TestStores.connection(cassandra.contactPoint(), keyspace, true), true, settings)) {
      assertThat(TestStores.open(store)).isEqualTo(Outcome.Durable.DURABLE);
      for (Conversation conversation : List.of(WEB, udp)) {
        for (int hour = 0; hour < MINUTES / 60; hour++) {
          assertThat(TestFlows.write(store, bucket(settings), anHour(conversation, hour)))
              .containsOnly(Outcome.Durable.DURABLE);
        }
      }
    }
  }

  private static Bucket bucket(Map<String, String> settings) {
    String bucket = settings.getOrDefault("flows.partition.bucket", "none");
    return Bucket.valueOf(bucket.toUpperCase(Locale.ROOT));
  }

  private static Flow[] anHour(Conversation conversation, int hour) {
    List<Flow> flows = new ArrayList<>();
    for (int minute = hour * 60; minute < (hour + 1) * 60; minute++) {
      long time = START.plus(minute, ChronoUnit.MINUTES).toEpochMilli();
      for (int[] ports : new int[][] {{50_000, 80}, {30_000, 443}}) {
        flows.add(
            TestFlows.flow(conversation, time, ports[0], ports[1], minute, origin(minute, time)));
      }
    }
    return flows.toArray(Flow[]::new);
  }
}
