package io.datapoints.connect.benchmark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The outcome as plain text, and each part of it as soon as it is there. */
final class Report {

  private static final String ROW = "%-44s %11s %8s %9s %10s %10s %9s %9s %9s";

  private final List<String> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  void add(Measurement measurement) {
    String row = row(measurement);
    Cases.progress(row);
    rows.add(row);
  }

  /** A line below the table. */
  void note(String line) {
    Cases.progress(line);
    notes.add(line);
  }

  void addFaults(List<String> more) {
    faults.addAll(more);
  }

  /** What makes the figures worthless; empty when they are valid. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  String text(BenchmarkSettings settings) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            "",
            "rows",
            "seconds",
            "rows/s",
            "client us",
            "store us",
            "rows/req",
            "parts/req",
            "index/row"));
    text.append('\n');
    rows.forEach(line -> text.append(line).append('\n'));
    notes.forEach(line -> text.append(line).append('\n'));
    text.append(explanation(settings));
    if (faults.isEmpty()) {
      text.append("Valid: everything produced is in its store.\n");
    } else {
      text.append("INVALID, ").append(faults.size()).append(" faults:\n");
      faults.stream().limit(10).forEach(each -> text.append("  ").append(each).append('\n'));
    }
    return text.toString();
  }

  private static String row(Measurement each) {
    return String.format(
        Locale.ROOT,
        ROW,
        each.label(),
        figure("%,.0f", each.rows()),
        figure("%.1f", each.elapsed().toMillis() / 1000.0),
        figure("%,.0f", each.rowsPerSecond()),
        figure("%.2f", each.clientMicrosPerRow()),
        figure("%.2f", each.storeMicrosPerRow()),
        figure("%.1f", each.counts().rowsPerRequest()),
        figure("%.1f", each.counts().partitionsPerRequest()),
        figure("%.3f", each.counts().indexRowsPerRow()));
  }

  private static String figure(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  private static String explanation(BenchmarkSettings settings) {
    return String.format(
        Locale.ROOT,
        """

        us: processor time (user and system, all threads) per row within the window; client is the
            Connect worker, or this process for the driver loop.
        records: %,d series, %d partitions, %d tasks, offsets committed every %d ms. The window
            reaches from the first commit of every partition to the last one before a partition
            runs out of records; progress between two commits counts as even.
        driver loop: the same rows from memory, %d rows of one partition a batch unless said,
            unlogged, %d batches in flight, without index rows; the window is the whole loop.
        flows: a pair of addresses takes the place of a series; every pair in turn.
        series: one point or flow a record, every series in turn, %d metrics. Cold: from the first
            rows into empty tables until each series could have been written once (of few series,
            a fifth of the rows). Steady: after that, while there is more to read. Mixed: the second
            series has half as many points as the first, the third one a third, and so on.
        MongoDB: the server in memory, which says nothing of a real one; unique index, write concern
            majority, each run into an empty collection. Like for like: unordered, upserts by the
            same six fields, %s records a poll for both. The first round is the warm-up.
        door: bodies of 100 points to POST /api/v1/datapoints over %d connections for %d s. Client is the
            door, or KairosDB; store is Kafka, or Cassandra; both until all was stored. KairosDB answers
            before it stores, hence the seconds until it had. Latency: from the moment when a request
            was due, at a rate that does not wait for answers, until its answer was read.
        Each other case was warmed up for at least %d s. %d processors, load average %.1f at the end.
        """,
        settings.series(),
        settings.partitions(),
        settings.tasks(),
        settings.commitInterval().toMillis(),
        RawDriver.ROWS_PER_BATCH,
        RawDriver.IN_FLIGHT,
        SeriesCases.METRICS,
        MongoCases.POLL,
        DoorCases.CONNECTIONS,
        settings.doorTime().toSeconds(),
        settings.warmUp().toSeconds(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
