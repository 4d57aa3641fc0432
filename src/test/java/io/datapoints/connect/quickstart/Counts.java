package io.datapoints.connect.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What went in and what came out.
 *
 * @param points good points sent
 * @param badRecords bad records sent
 * @param records records in the topic
 * @param committed how far the connector says it is
 * @param stored points in Cassandra
 * @param deadLetters records in the dead-letter topic
 * @param time from the first record sent to the last offset committed
 */
record Counts(
    long points,
    long badRecords,
    long records,
    long committed,
    long stored,
    long deadLetters,
    Duration time) {

  /** Whether every point is stored, every bad record is a dead letter, and no other is either. */
  boolean agree() {
    return records == points + badRecords
        && committed == records
        && stored == points
        && deadLetters == badRecords;
  }

  /** The counts as lines of a table. */
  List<String> lines() {
    return List.of(
        line(
            "sent",
            points + badRecords,
            "%,d points and %,d bad records".formatted(points, badRecords)),
        line("in Kafka", records, "records"),
        line("committed", committed, "records"),
        line("in Cassandra", stored, "points, counted by the driver"),
        line("dead letters", deadLetters, "records, each with its reason in its headers"),
        line(
            "rate",
            Math.round(records / Math.max(0.001, time.toMillis() / 1000.0)),
            "records a second, cold servers and producer included"),
        agree() ? "  ✓ nothing lost, nothing twice" : "  ✗ the counts do not agree");
  }

  private static String line(String what, long count, String unit) {
    return String.format(Locale.ROOT, "  %-14s %,9d %s", what, count, unit);
  }
}
