package io.datapoints.connect.intake;

import io.datapoints.connect.kairosdb.BodyReader;
import io.datapoints.connect.kairosdb.MetricSink;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Series;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Makes records of the metrics of one body in KairosDB's JSON. A metric that passed whole is a
 * record with the very bytes of its object, so that no number is written anew; another one, or one
 * that is too large, is written by a {@link PointWriter}.
 */
final class MetricRecords implements MetricSink {

  private final Dispatch dispatch;
  private final BodyReader reader;
  private final byte[] body;

  MetricRecords(Dispatch dispatch, BodyReader reader, byte[] body) {
    this.dispatch = dispatch;
    this.reader = reader;
    this.body = body;
  }

  @Override
  public void accept(Series series, int start, int end, int count, boolean whole) {
    if (dispatch.isOver()) {
      return;
    }
    byte[] key = RecordKey.of(series);
    if (whole && count <= PointWriter.MAX_POINTS && end - start <= dispatch.room(key)) {
      dispatch.pass(key, Arrays.copyOfRange(body, start, end), count);
    } else {
      dispatch.write(key, series, count, points -> reader.readMetric(body, start, end, points));
    }
  }

  @Override
  public void reject(Rule rule, boolean ofConversion, Supplier<String> reason) {
    dispatch.reject(rule, ofConversion, reason);
  }
}
