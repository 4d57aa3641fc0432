package io.datapoints.connect.quickstart;

import io.datapoints.connect.quickstart.CollectedFlow.Pair;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;

/** Stored flows, and what one asks about those of one pair. */
abstract class FlowStore implements Holdings {

  private static final int LATEST = 8;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final String store;
  private final Pair pair;

  /**
   * @param pair whose flows are shown
   */
  FlowStore(String store, Pair pair) {
    this.store = store;
    this.pair = pair;
  }

  /** A flow of the pair, as read. */
  record Stored(Instant timestamp, int sourcePort, int destPort, double value) {}

  /** The latest flows of a pair, newest first. */
  abstract List<Stored> latest(Pair pair, int limit);

  /** The flows of a pair from one instant to before another, newest first. */
  abstract Iterable<Stored> between(Pair pair, Instant from, Instant to);

  @Override
  public final List<String> answer(long now) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: the busiest pair, bytes of each minute".formatted(store));
    lines.add("");
    Instant end = Instant.ofEpochMilli(now);
    Minutes minutes = new Minutes(now);
    between(pair, end.minus(Duration.ofHours(1)), end)
        .forEach(each -> minutes.add(each.timestamp().toEpochMilli(), each.value()));
    lines.addAll(Chart.draw(minutes.sums()));
    lines.add("");
    lines.add("%,d flows in that hour; the latest:".formatted(minutes.count()));
    lines.add("");
    lines.addAll(table(pair, latest(pair, LATEST)));
    return lines;
  }

  /** One line a flow below a line of titles. */
  static List<String> table(Pair pair, List<Stored> flows) {
    int source = Math.max("source".length(), pair.sourceIp().length());
    int dest = Math.max("dest".length(), pair.destIp().length());
    String form = "%-24s  %-" + source + "s  %6s  %-" + dest + "s  %6s  %-8s  %12s";
    List<String> lines = new ArrayList<>();
    lines.add(form.formatted("timestamp", "source", "port", "dest", "port", "protocol", "bytes"));
    for (Stored each : flows) {
      lines.add(
          form.formatted(
              TIME.format(each.timestamp()),
              pair.sourceIp(),
              each.sourcePort(),
              pair.destIp(),
              each.destPort(),
              pair.protocol(),
              "%,.0f".formatted(each.value())));
    }
    return lines;
  }
}
