package io.datapoints.connect.audit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what a task calls durable, through a session of its own. One line of the log for each
 * check: {@code OK partition count}, {@code VIOLATION partition offset} or {@code UNREAD partition
 * count}, the last when Cassandra did not answer: those rows are left to the judgement at the end
 * of the test.
 */
final class CassandraAuditor implements AutoCloseable {

  /** Where a point lies: row key and column, as KairosDB spells them. */
  record Cell(ByteBuffer key, ByteBuffer column) {}

  private static final int COLUMNS_PER_QUERY = 200;

  private final InetSocketAddress contactPoint;
  private final String keyspace;
  private final Path log;
  private @Nullable CqlSession session;

  CassandraAuditor(String contactPoint, String keyspace, Path log) {
    int colon = contactPoint.lastIndexOf(':');
    this.contactPoint =
        new InetSocketAddress(
            contactPoint.substring(0, colon), Integer.parseInt(contactPoint.substring(colon + 1)));
    this.keyspace = keyspace;
    this.log = log;
  }

  void check(TopicPartition partition, Map<Long, Cell> committed) {
    if (committed.isEmpty()) {
      return;
    }
    try {
      Set<Cell> found = read(Set.copyOf(committed.values()));
      List<String> lines = new ArrayList<>();
      committed.forEach(
          (offset, cell) -> {
            if (!found.contains(cell)) {
              lines.add("VIOLATION " + partition + " " + offset);
            }
          });
      lines.add("OK " + partition + " " + committed.size());
      append(lines);
    } catch (DriverException away) {
      append(List.of("UNREAD " + partition + " " + committed.size()));
    }
  }

  private Set<Cell> read(Set<Cell> cells) {
    Map<ByteBuffer, List<ByteBuffer>> byKey = new HashMap<>();
    cells.forEach(
        cell -> byKey.computeIfAbsent(cell.key(), key -> new ArrayList<>()).add(cell.column()));
    Set<Cell> found = new HashSet<>();
    byKey.forEach(
        (key, columns) -> {
          for (int from = 0; from < columns.size(); from += COLUMNS_PER_QUERY) {
            int to = Math.min(columns.size(), from + COLUMNS_PER_QUERY);
            Statement<?> query =
                SimpleStatement.newInstance(
                    "SELECT column1 FROM data_points WHERE key = ? AND column1 IN ?",
                    key.duplicate(),
                    columns.subList(from, to));
            session().execute(query).forEach(row -> found.add(new Cell(key, row.getByteBuffer(0))));
          }
        });
    return found;
  }

  private CqlSession session() {
    if (session == null) {
      session =
          CqlSession.builder()
              .addContactPoint(contactPoint)
              .withLocalDatacenter("datacenter1")
              .withKeyspace("\"" + keyspace + "\"")
              .withConfigLoader(
                  DriverConfigLoader.programmaticBuilder(getClass().getClassLoader())
                      .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(5))
                      .withDuration(
                          DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                      .withDuration(
                          DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                      .build())
              .build();
    }
    return session;
  }

  private void append(List<String> lines) {
    try {
      Files.write(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }
}
