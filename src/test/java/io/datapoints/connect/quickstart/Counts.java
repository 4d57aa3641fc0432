package io.datapoints.connect.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What went in and what came out.
 *
 * @param unit what is counted, such as "points"
 * @param store what holds them
 * @param sent good ones sent
 * @param badRecords bad records sent
 * @param records records in the topic
 * @param committed how far the connector says it is
 * @param kept what the store holds
 * @param deadLetters records in the dead-letter topic
 * @param time from the first record sent to the last offset committed
 */
record Counts(
    String unit,
    String store,
    long sent,
    long badRecords,
    long records,
    long committed,
    Kept kept,
    long deadLetters,
    Duration time) {

  /**
   * What a store holds.
   *
   * @param unit what is counted there: where messages replace each other, not what was sent
   * @param expected how many there should be
   * @param stored how many there are
   */
  record Kept(String unit, long expected, long stored) {}

  /** Whether every one is stored, every bad record is a dead letter, and no other is either. */
  boolean agree() {
    return records == sent + badRecords
        && committed == records
        && kept.stored == kept.expected
        && deadLetters == badRecords;
  }

  /** The counts as lines of a table. */
  List<String> lines() {
    return List.of(
        line(
            "sent",
            sent + badRecords,
            "%,d %s and %,d bad records".formatted(sent, unit, badRecords)),
        line("in Kafka", records, "records"),
        line("committed", committed, "records"),
        line("in " + store, kept.stored, kept.unit + ", counted by the driver"),
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
