package io.datapoints.connect.fault;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.KairosFormatReader;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraCluster;
import io.datapoints.connect.kit.CassandraNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The partitions of a scenario whose only replica is another node than the one that will be away,
 * read from their nodes: whether they are written while it is. How soon, a sample of each of the
 * ring's ranges shows: to read all of them takes a busy machine longer than to write them.
 */
final class LiveNeighbours implements AutoCloseable {

  /** Longer than on any machine; it ends before the fault does. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** Partitions of a topic are not produced at quite the same pace. */
  private static final int SLACK = 500;

  private static final RowLayout LAYOUT = RowLayout.of(ColumnUnit.MILLISECONDS);
  private static final long RING_END = Long.MIN_VALUE;

  /** A sample is this part of all, as a power of two. */
  private static final int SAMPLE_SHIFT = 4;

  /** A query for the newest record of each partition in one range of the ring. */
  private record Range(Node owner, String cql) {}

  private final RecordKind records;
  private final CqlSession session;
  private final List<Range> all = new ArrayList<>();
  private final List<Range> sample = new ArrayList<>();

  /**
   * @param keyspace exists, and has one replica
   */
  LiveNeighbours(
      CassandraCluster cluster, CassandraNode away, RecordKind records, String keyspace) {
    this.records = records;
    this.session = cluster.session();
    TokenMap tokens = session.getMetadata().getTokenMap().orElseThrow();
    for (Node node : session.getMetadata().getNodes().values()) {
      if (!node.getEndPoint().resolve().equals(away.address())) {
        tokens
            .getTokenRanges(CqlIdentifier.fromInternal(keyspace), node)
            .forEach(range -> add(tokens, node, range, keyspace));
      }
    }
  }

  private void add(TokenMap tokens, Node owner, TokenRange range, String keyspace) {
    String key = records.isFlows() ? "source_ip, dest_ip, protocol" : "key";
    String table = records.isFlows() ? "metrics" : "data_points";
    String newest = records.isFlows() ? "timestamp" : "column1";
    String query =
        "SELECT max(%s) AS newest, %s FROM \"%s\".%s".formatted(newest, key, keyspace, table)
            + " WHERE token(%s) > %%d AND token(%s) <= %%d GROUP BY %s".formatted(key, key, key);
    for (TokenRange part : range.unwrap()) {
      long start = Long.parseLong(tokens.format(part.getStart()));
      long end = Long.parseLong(tokens.format(part.getEnd()));
      long last = end == RING_END ? Long.MAX_VALUE : end;
      all.add(new Range(owner, query.formatted(start, last)));
      long sampled = start + ((last - start) >>> SAMPLE_SHIFT);
      // As a range, a single token would be the whole ring.
      if (sampled != start) {
        sample.add(new Range(owner, query.formatted(start, sampled)));
      }
    }
  }

  /** For each partition of these ranges the number of its newest record. */
  private List<Integer> newest(List<Range> ranges) {
    List<Integer> numbers = new ArrayList<>();
    for (Range range : ranges) {
      session
          .execute(SimpleStatement.newInstance(range.cql()).setNode(range.owner()))
          .forEach(row -> numbers.add(number(row)));
    }
    return numbers;
  }

  private int number(Row row) {
    if (records.isFlows()) {
      return RecordKind.number(Objects.requireNonNull(row.getInstant("newest")).toEpochMilli());
    }
    KairosFormatReader.RowKey key =
        KairosFormatReader.rowKey(Bytes.getArray(row.getByteBuffer("key")));
    int column = Objects.requireNonNull(row.getByteBuffer("newest")).getInt();
    return RecordKind.number(KairosFormatReader.timestamp(LAYOUT, key.rowTime(), column));
  }

  /**
   * Returns once each of a sample has its newest record of all that are produced by now.
   *
   * @return how long that took
   */
  Duration awaitSampleWritten(Scenario scenario) {
    return awaitWritten(scenario, sample, records.series() >> SAMPLE_SHIFT);
  }

  /** Returns once each of them has its newest record of all that are produced by now. */
  void awaitWritten(Scenario scenario) {
    awaitWritten(scenario, all, records.series());
  }

  private Duration awaitWritten(Scenario scenario, List<Range> ranges, int series) {
    long begin = System.nanoTime();
    long produced = scenario.produced();
    Await.until(
        "what is produced to be written where nodes live",
        BOUND,
        () -> {
          List<Integer> newest = newest(ranges);
          // Two nodes of three hold more than half.
          return newest.size() > series / 2
              && newest.stream().allMatch(n -> n >= produced - records.series() - SLACK);
        });
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public void close() {
    session.close();
  }
}
