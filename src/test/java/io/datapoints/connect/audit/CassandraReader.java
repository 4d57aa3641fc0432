package io.datapoints.connect.audit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.datapoints.connect.audit.SampleKey.FlowKey;
import io.datapoints.connect.audit.SampleKey.PointKey;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.model.Tags;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks rows up by their keys, a partition at a time. Reads at a quorum of the replicas, which sees
 * all that was acknowledged at one, and asks the next node when one is slow to answer.
 */
final class CassandraReader implements StoreReader {

  private static final RowLayout LAYOUT = RowLayout.of(ColumnUnit.MILLISECONDS);
  private static final int ROWS_PER_QUERY = 200;
  private static final int QUERIES_AT_ONCE = 64;

  private final List<InetSocketAddress> contactPoints;
  private final String keyspace;
  private final @Nullable String user;
  private final @Nullable String password;
  private @Nullable CqlSession session;

  /**
   * @param contactPoints {@code host:port} each, separated by commas
   * @param user null where the server asks for none
   */
  CassandraReader(
      String contactPoints, String keyspace, @Nullable String user, @Nullable String password) {
    this.contactPoints =
        Arrays.stream(contactPoints.split(",")).map(CassandraReader::address).toList();
    this.keyspace = keyspace;
    this.user = user;
    this.password = password;
  }

  private static InetSocketAddress address(String contactPoint) {
    int colon = contactPoint.lastIndexOf(':');
    return new InetSocketAddress(
        contactPoint.substring(0, colon), Integer.parseInt(contactPoint.substring(colon + 1)));
  }

  /**
   * A query for rows of one partition.
   *
   * @param found the key that a row of the answer shows to be there
   */
  private record Query(SimpleStatement statement, Function<Row, SampleKey> found) {}

  /** A partition key of the flows layout. */
  private record Pair(String sourceIp, String destIp, String protocol) {}

  @Override
  public Set<SampleKey> present(Set<SampleKey> keys) throws StoreAwayException {
    Map<ByteBuffer, Map<ByteBuffer, PointKey>> points = new HashMap<>();
    Map<Pair, List<Instant>> flows = new HashMap<>();
    for (SampleKey key : keys) {
      if (key instanceof PointKey point) {
        ByteBuffer column = ByteBuffer.allocate(4).putInt(0, LAYOUT.column(point.timestamp()));
        points.computeIfAbsent(rowKey(point), row -> new HashMap<>()).put(column, point);
      } else if (key instanceof FlowKey flow) {
        Pair pair = new Pair(flow.sourceIp(), flow.destIp(), flow.protocol());
        flows
            .computeIfAbsent(pair, partition -> new ArrayList<>())
            .add(Instant.ofEpochMilli(flow.timestamp()));
      }
    }
    List<Query> queries = new ArrayList<>();
    points.forEach((row, columns) -> readPoints(row, columns, queries));
    flows.forEach((pair, times) -> readFlows(pair, times, queries));
    try {
      return answers(queries);
    } catch (DriverException away) {
      throw new StoreAwayException(away);
    } catch (CompletionException e) {
      if (e.getCause() instanceof DriverException away) {
        throw new StoreAwayException(away);
      }
      throw e;
    }
  }

  /** There may be as many as series, and the task's thread waits for all of them. */
  private Set<SampleKey> answers(List<Query> queries) {
    Set<SampleKey> present = new HashSet<>();
    for (List<Query> some : parts(queries, QUERIES_AT_ONCE)) {
      List<CompletableFuture<AsyncResultSet>> answers =
          some.stream()
              .map(query -> session().executeAsync(query.statement()).toCompletableFuture())
              .toList();
      for (int i = 0; i < some.size(); i++) {
        // A query asks for less than a page.
        for (Row row : answers.get(i).join().currentPage()) {
          present.add(some.get(i).found().apply(row));
        }
      }
    }
    return present;
  }

  private static ByteBuffer rowKey(PointKey point) {
    return ByteBuffer.wrap(
        RowKeyCodec.encode(
            point.metric(),
            LAYOUT.rowTime(point.timestamp()),
            "kairos_long",
            Tags.of(point.tags())));
  }

  private static void readPoints(
      ByteBuffer row, Map<ByteBuffer, PointKey> columns, List<Query> queries) {
    for (List<ByteBuffer> some : parts(new ArrayList<>(columns.keySet()), ROWS_PER_QUERY)) {
      SimpleStatement query =
          SimpleStatement.newInstance(
              "SELECT column1 FROM data_points WHERE key = ? AND column1 IN ?",
              row.duplicate(),
              some);
      queries.add(
          new Query(query, each -> Objects.requireNonNull(columns.get(each.getByteBuffer(0)))));
    }
  }

  private static void readFlows(Pair pair, List<Instant> times, List<Query> queries) {
    for (List<Instant> some : parts(times, ROWS_PER_QUERY)) {
      SimpleStatement query =
          SimpleStatement.newInstance(
              "SELECT source_port, dest_port, timestamp FROM metrics"
                  + " WHERE source_ip = ? AND dest_ip = ? AND protocol = ? AND timestamp IN ?",
              pair.sourceIp,
              pair.destIp,
              pair.protocol,
              some);
      queries.add(
          new Query(
              query,
              each ->
                  new FlowKey(
                      pair.sourceIp,
                      pair.destIp,
                      port(each, 0),
                      port(each, 1),
                      pair.protocol,
                      each.getInstant(2).toEpochMilli())));
    }
  }

  /** Whatever number the column holds. */
  private static int port(Row row, int column) {
    return Objects.requireNonNull((Number) row.getObject(column)).intValue();
  }

  private static <T> List<List<T>> parts(List<T> whole, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < whole.size(); from += size) {
      parts.add(whole.subList(from, Math.min(whole.size(), from + size)));
    }
    return parts;
  }

  private CqlSession session() {
    if (session == null) {
      CqlSessionBuilder builder = CqlSession.builder();
      if (user != null && password != null) {
        builder.withAuthCredentials(user, password);
      }
      session =
          builder
              .addContactPoints(contactPoints)
              .withLocalDatacenter("datacenter1")
              .withKeyspace("\"" + keyspace + "\"")
              .withConfigLoader(
                  DriverConfigLoader.programmaticBuilder(getClass().getClassLoader())
                      // It runs on the task's thread, which has a group to keep up with.
                      .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(2))
                      .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                      .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                      .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
                      .withString(
                          DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
                          "ConstantSpeculativeExecutionPolicy")
                      .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, 3)
                      .withDuration(
                          DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, Duration.ofMillis(50))
                      .withDuration(
                          DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                      .withDuration(
                          DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                      .build())
              .build();
    }
    return session;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
