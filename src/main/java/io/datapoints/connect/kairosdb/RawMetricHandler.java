package io.datapoints.connect.kairosdb;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;

/** Takes the metric objects of a record one after the other. */
@FunctionalInterface
public interface RawMetricHandler {

  /**
   * Makes samples and reasons of one metric.
   *
   * @param metric valid during the call only
   */
  void handle(RawMetric metric, RecordOrigin origin, SampleSink sink);
}
