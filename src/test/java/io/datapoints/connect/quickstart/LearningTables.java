package io.datapoints.connect.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.learning.Dashboard;
import io.datapoints.connect.learning.DashboardQuery;
import io.datapoints.connect.learning.Question;
import io.datapoints.connect.learning.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of the learning platform, read as its dashboards read them. */
final class LearningTables implements Holdings {

  private static final int LIMIT = 10;
  private static final int WARM_UP = 5;
  private static final int TIMES = 25;
  private static final int WIDTH = 70;

  private final Dashboard dashboard;
  private final Serving serving;

  /**
   * @param session closed by the caller
   * @param serving what there should be
   */
  LearningTables(CqlSession session, Serving serving) {
    this.dashboard = new Dashboard(session);
    this.serving = serving;
  }

  @Override
  public long count() {
    return serving.tables().stream().mapToLong(dashboard::count).sum();
  }

  /** Asked of the fullest partition. Nothing is asked after this, so nothing more is kept. */
  @Override
  public List<String> answer(long now) {
    List<String> lines = new ArrayList<>();
    lines.add("Cassandra: what the dashboards ask, one partition each, median of " + TIMES);
    lines.add("");
    Instant from = Instant.ofEpochMilli(now).minus(Duration.ofHours(24));
    for (DashboardQuery query : DashboardQuery.values()) {
      lines.add(line(serving.questions(query, from, LIMIT).get(0)));
    }
    serving.forget();
    return lines;
  }

  private String line(Question question) {
    List<Map<String, Object>> rows = dashboard.ask(question);
    String first =
        rows.stream()
            .limit(1)
            .flatMap(row -> row.values().stream())
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    String shown = first.length() > WIDTH ? first.substring(0, WIDTH) + "..." : first;
    return "%-20s %4d rows %7.2f ms   %s"
        .formatted(question.query().title(), rows.size(), median(question) / 1e6, shown);
  }

  /** In nanoseconds, from the question to the last row. */
  private long median(Question question) {
    for (int i = 0; i < WARM_UP; i++) {
      dashboard.ask(question);
    }
    long[] nanos = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long begin = System.nanoTime();
      dashboard.ask(question);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return nanos[TIMES / 2];
  }
}
