package io.datapoints.connect.intake;

import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes records of the points of one body in another format than KairosDB's: those of a series
 * together, in their order, so that a record holds as many as it can. Used by one thread.
 */
final class SeriesRecords implements SampleSink {

  /** Points that wait for others of their series, each of which takes about 100 bytes. */
  private static final int MAX_WAITING = 10_000;

  private final Dispatch dispatch;
  private final Map<Series, List<DataPoint>> waiting = new LinkedHashMap<>();
  private int points;

  SeriesRecords(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  @Override
  public void accept(Sample sample) {
    DataPoint point = (DataPoint) sample;
    waiting.computeIfAbsent(point.series(), series -> new ArrayList<>(1)).add(point);
    points++;
    if (points == MAX_WAITING) {
      send();
    }
  }

  /** Sends what waits. */
  void send() {
    waiting.forEach(
        (series, those) -> {
          if (!dispatch.isOver()) {
            dispatch.write(
                RecordKey.of(series), series, those.size(), sink -> those.forEach(sink::accept));
          }
        });
    waiting.clear();
    points = 0;
  }

  @Override
  public void skip() {
    dispatch.skip();
  }

  @Override
  public void reject(Rule rule, String reason) {
    dispatch.reject(rule, false, () -> reason);
  }

  @Override
  public void reject(Rule rule, Supplier<String> reason) {
    dispatch.reject(rule, false, reason);
  }
}
