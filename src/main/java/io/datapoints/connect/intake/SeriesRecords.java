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

  /**
   * Bytes of the keys of those series. Formats repeat long tags at no cost, so that a small body
   * may have much more of them than it has bytes.
   */
  private static final int MAX_KEY_BYTES = 4 * 1_048_576;

  private final Dispatch dispatch;
  private final Map<Series, Waiting> waiting = new LinkedHashMap<>();
  private int points;
  private long keyBytes;

  /** Points of a series, and the key of their records. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Waiting(byte[] key, List<DataPoint> points) {

    static Waiting of(Series series) {
      return new Waiting(RecordKey.of(series), new ArrayList<>(1));
    }
  }

  SeriesRecords(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  @Override
  public void accept(Sample sample) {
    if (dispatch.isOver()) {
      return;
    }
    DataPoint point = (DataPoint) sample;
    Waiting those = waiting.get(point.series());
    if (those == null) {
      those = Waiting.of(point.series());
      waiting.put(point.series(), those);
      keyBytes += those.key.length;
    }
    those.points.add(point);
    points++;
    if (points == MAX_WAITING || keyBytes > MAX_KEY_BYTES) {
      send();
    }
  }

  /** Sends what waits. */
  void send() {
    waiting.forEach(
        (series, those) -> {
          if (!dispatch.isOver()) {
            dispatch.write(
                those.key, series, those.points.size(), sink -> those.points.forEach(sink::accept));
          }
        });
    waiting.clear();
    points = 0;
    keyBytes = 0;
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
