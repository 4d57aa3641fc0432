package io.datapoints.connect.kairosdb;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.kairosdb.DatapointValidator.Nulls;
import io.datapoints.connect.kairosdb.raw.JsonMetricReader;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.TooManySamplesException;
import io.datapoints.connect.payload.JsonDecoder;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of KairosDB's POST /api/v1/datapoints with the code that reads records, so that
 * what is accepted here is accepted there. Only a null in the place of a value, which is no point
 * there, is rejected here as in KairosDB, whose client waits for an answer.
 *
 * <p>Used by one thread.
 */
public final class BodyReader {

  /** Points of one metric, each of which takes about 50 bytes while the metric is read. */
  public static final int MAX_POINTS = 200_000;

  private static final String TEXT = "request body";

  /** Bodies are not compressed any more. */
  private static final int NOTHING_INFLATED = 0;

  private static final RecordOrigin NO_RECORD =
      new RecordOrigin("", 0, 0, RecordOrigin.NO_TIMESTAMP);

  private final DatapointValidator validator;
  private final JsonDecoder bodies;
  private final JsonDecoder metrics;
  private final Accepted accepted = new Accepted();

  public BodyReader(KairosConfig settings) {
    this.validator = new DatapointValidator(settings, Nulls.REJECTED);
    this.bodies =
        new JsonDecoder(
            NOTHING_INFLATED, new JsonMetricReader(TEXT, new RawMetric(), this::take, true));
    this.metrics =
        new JsonDecoder(
            NOTHING_INFLATED, new JsonMetricReader(TEXT, new RawMetric(), validator, false));
  }

  /**
   * Reads a body, in one pass.
   *
   * @throws TooManySamplesException when a metric has too many points; what was found before it has
   *     been passed on
   */
  public void read(byte[] body, int offset, int length, MetricSink sink) {
    accepted.begin(sink);
    try {
      bodies.readPlain(body, offset, length, NO_RECORD, accepted);
    } finally {
      accepted.end();
    }
  }

  /**
   * Reads the points of one metric again. May be called while {@link #read} passes it on.
   *
   * @param start where its object begins
   * @param end where the byte behind its object is
   * @param points takes the accepted ones, and once more what was rejected
   */
  public void readMetric(byte[] body, int start, int end, SampleSink points) {
    metrics.readPlain(body, start, end - start, NO_RECORD, points);
  }

  private void take(RawMetric metric, RecordOrigin origin, SampleSink sink) {
    accepted.nextMetric();
    validator.handle(metric, origin, accepted);
    accepted.pass(metric);
  }

  /** Counts what is accepted and rejected of one metric. */
  private static final class Accepted implements SampleSink {

    private @Nullable MetricSink sink;
    private @Nullable Series series;
    private int points;
    private boolean whole;

    void begin(MetricSink metrics) {
      sink = metrics;
    }

    void end() {
      sink = null;
      series = null;
    }

    void nextMetric() {
      points = 0;
      whole = true;
    }

    void pass(RawMetric metric) {
      Series found = series;
      if (points > 0 && found != null) {
        metrics().accept(found, metric.start(), metric.end(), points, whole);
      }
    }

    private MetricSink metrics() {
      return Objects.requireNonNull(sink);
    }

    @Override
    public void announce(int samples) {
      if (samples > MAX_POINTS) {
        throw new TooManySamplesException("A metric has more than " + MAX_POINTS + " datapoints.");
      }
    }

    @Override
    public void accept(Sample sample) {
      series = ((DataPoint) sample).series();
      points++;
    }

    @Override
    public void reject(Rule rule, String reason) {
      reject(rule, () -> reason);
    }

    @Override
    public void reject(Rule rule, Supplier<String> reason) {
      whole = false;
      metrics().reject(rule, false, reason);
    }

    @Override
    public void rejectUnconverted(Rule rule, Supplier<String> reason) {
      whole = false;
      metrics().reject(rule, true, reason);
    }
  }
}
