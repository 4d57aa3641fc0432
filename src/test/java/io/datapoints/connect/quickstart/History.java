package io.datapoints.connect.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * An hour in the life of a small shop: {@link #SERIES} series of all three value types, with tags
 * and with different times to live. The same seed and times give the same points.
 */
final class History {

  /** What a chart of the result shows: it rises and falls twice within the hour. */
  static final String CHARTED_METRIC = "shop.latency.ms";

  static final Map<String, String> CHARTED_TAGS = Map.of("host", "web-01", "route", "/checkout");

  /** Each of 20 hosts has 15 series. */
  static final int SERIES = 300;

  private static final int HOSTS = 20;
  private static final List<String> ROUTES =
      List.of("/", "/search", "/item", "/basket", "/checkout");
  private static final Duration SPAN = Duration.ofHours(1);
  private static final int WEEK = 7 * 24 * 3600;
  private static final int DAY = 24 * 3600;

  private final Random random;
  private final long start;
  private final long step;
  private final int steps;
  private final long[] counters = new long[HOSTS * ROUTES.size()];

  /**
   * @param end milliseconds since the epoch, to which the hour leads up
   * @param points how many points at least; the last step is completed
   */
  History(long seed, long end, int points) {
    this.random = new Random(seed);
    this.steps = (points + SERIES - 1) / SERIES;
    this.step = Math.max(1, SPAN.toMillis() / steps);
    this.start = end - step * steps;
  }

  /** How many points there are in all. */
  int size() {
    return steps * SERIES;
  }

  /** Hands over all points in the order of their time. */
  void forEach(Consumer<Point> consumer) {
    for (int i = 0; i < steps; i++) {
      long timestamp = start + i * step;
      double phase = 4 * Math.PI * i / steps;
      for (int host = 0; host < HOSTS; host++) {
        points(host, timestamp, phase).forEach(consumer);
      }
    }
  }

  private List<Point> points(int host, long timestamp, double phase) {
    String name = "web-%02d".formatted(host + 1);
    double load = 1 + 0.6 * Math.sin(phase + host * 0.1) + 0.1 * random.nextGaussian();
    List<Point> points = new ArrayList<>();
    for (int route = 0; route < ROUTES.size(); route++) {
      Map<String, String> tags = Map.of("host", name, "route", ROUTES.get(route));
      double latency = (20 + 15 * route) * load;
      points.add(Point.ofDouble(CHARTED_METRIC, tags, timestamp, rounded(latency), WEEK));
      int counter = host * ROUTES.size() + route;
      counters[counter] += Math.max(0, Math.round(40 * load)) + random.nextInt(5);
      points.add(Point.ofLong("shop.requests", tags, timestamp, counters[counter], 0));
    }
    Map<String, String> tags = Map.of("host", name);
    points.add(heap(tags, timestamp, load));
    points.add(
        Point.ofDouble("shop.temperature.celsius", tags, timestamp, rounded(35 + 9 * load), DAY));
    points.add(Point.ofText("shop.state", tags, timestamp, load > 1.5 ? "busy" : "ok", DAY));
    for (String queue : List.of("mail", "orders")) {
      points.add(
          Point.ofLong(
              "shop.queue.depth",
              Map.of("host", name, "queue", queue),
              timestamp,
              random.nextInt(200),
              WEEK));
    }
    return points;
  }

  private Point heap(Map<String, String> tags, long timestamp, double load) {
    long bytes = (long) (load * 400_000_000) + random.nextInt(50_000_000);
    return Point.ofLong("shop.heap.bytes", tags, timestamp, bytes, WEEK);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
