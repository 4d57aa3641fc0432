package io.datapoints.connect.kairosdb;

import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Series;
import java.util.function.Supplier;

/** Takes what a {@link BodyReader} finds in a body, in order. */
public interface MetricSink {

  /**
   * Takes a metric with accepted points.
   *
   * @param start where its object begins in the array of bytes
   * @param end where the byte behind its object is
   * @param points how many points were accepted, at least one
   * @param whole whether nothing of the object was rejected, so that the sink reads these points
   *     from its bytes
   */
  void accept(Series series, int start, int end, int points, boolean whole);

  /**
   * Rejects a part of the body.
   *
   * @param unconverted whether a time or a value has another type than it must have
   * @param reason built only if it is kept
   */
  void reject(Rule rule, boolean unconverted, Supplier<String> reason);
}
