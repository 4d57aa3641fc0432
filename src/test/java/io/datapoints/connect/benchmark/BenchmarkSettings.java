package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.CassandraNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sizes of a run, each from a system property.
 *
 * @param cases what is measured, of datapoints, flows, tables, series, mongodb and door: {@code
 *     benchmark.cases}
 * @param rows measured rows of each case: {@code benchmark.rows}
 * @param mongoRows rows of each run into MongoDB: {@code benchmark.mongo.rows}
 * @param rounds measured runs of each connector into MongoDB: {@code benchmark.rounds}
 * @param series distinct metric and tag combinations: {@code benchmark.series}
 * @param seriesCases which of {@link SeriesCases}, all by default: {@code benchmark.series.cases}
 * @param seriesRows rows of each of them; three times as many of few series, and of many series at
 *     least two each: {@code benchmark.series.rows}
 * @param doorTime how long requests are sent in each part of the case {@code door}: {@code
 *     benchmark.door.seconds}
 * @param warmUpRows rows of the topic that is read again and again to warm up: {@code
 *     benchmark.warmup.rows}
 * @param warmUp how long that goes on at least, for each case: {@code benchmark.warmup.seconds}
 * @param partitions of each topic: {@code benchmark.partitions}
 * @param tasks of each connector: {@code benchmark.tasks}
 * @param commitInterval between two commits of offsets: {@code benchmark.commit.interval.ms}
 * @param connector settings of the connector, from {@code benchmark.connector.<setting>}
 */
record BenchmarkSettings(
    Set<String> cases,
    int rows,
    int mongoRows,
    int rounds,
    int series,
    Set<String> seriesCases,
    int seriesRows,
    Duration doorTime,
    int warmUpRows,
    Duration warmUp,
    int partitions,
    int tasks,
    Duration commitInterval,
    Map<String, String> connector) {

  /** Pairs of addresses in the cases of flows: few, and so many that few flows share a batch. */
  static final List<Integer> PAIRS = List.of(1_000, 100_000);

  /** Points of a record in the case of large records. */
  static final int POINTS_PER_LARGE_RECORD = 100;

  private static final String PREFIX = "benchmark.";
  private static final String CONNECTOR = PREFIX + "connector.";

  BenchmarkSettings {
    for (int each : new int[] {rows, warmUpRows}) {
      if (each <= 0 || each % (series * POINTS_PER_LARGE_RECORD) != 0) {
        throw new IllegalArgumentException(
            each
                + " rows cannot be spread evenly over "
                + series
                + " series in records of "
                + POINTS_PER_LARGE_RECORD
                + " points");
      }
    }
  }

  static BenchmarkSettings fromSystemProperties() {
    return new BenchmarkSettings(
        Set.of(
            System.getProperty(PREFIX + "cases", "datapoints,flows,tables,series,mongodb,door")
                .split(",")),
        number("rows", 4_000_000),
        number("mongo.rows", 400_000),
        number("rounds", 3),
        number("series", 1_000),
        Set.of(System.getProperty(PREFIX + "series.cases", SeriesCases.names()).split(",")),
        number("series.rows", 500_000),
        Duration.ofSeconds(number("door.seconds", 30)),
        number("warmup.rows", 1_000_000),
        Duration.ofSeconds(number("warmup.seconds", 60)),
        number("partitions", 4),
        number("tasks", 2),
        Duration.ofMillis(number("commit.interval.ms", 2_000)),
        connectorProperties());
  }

  boolean runs(String name) {
    return cases.contains(name);
  }

  /** A connector of the archive into this keyspace. */
  Map<String, String> cassandra(CassandraNode cassandra, String keyspace) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.datapoints.connect.CassandraDatapointSinkConnector");
    config.put("cassandra.contact.points", cassandra.contactPoint());
    config.put("cassandra.local.datacenter", cassandra.localDatacenter());
    config.put("cassandra.keyspace", keyspace);
    config.put("cassandra.replication", "{'class': 'SimpleStrategy', 'replication_factor': '1'}");
    config.putAll(connector);
    return config;
  }

  private static int number(String name, int otherwise) {
    return Integer.getInteger(PREFIX + name, otherwise);
  }

  private static Map<String, String> connectorProperties() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(CONNECTOR)) {
        properties.put(name.substring(CONNECTOR.length()), System.getProperty(name));
      }
    }
    return properties;
  }
}
