package io.datapoints.connect.benchmark;

import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import org.openjdk.jmh.infra.Blackhole;

/** Takes points, all of which must be good. */
final class PointSink implements SampleSink {

  private final Blackhole sink;

  PointSink(Blackhole sink) {
    this.sink = sink;
  }

  @Override
  public void accept(Sample sample) {
    sink.consume(sample);
  }

  @Override
  public void reject(Rule rule, String reason) {
    throw new IllegalStateException(reason);
  }
}
