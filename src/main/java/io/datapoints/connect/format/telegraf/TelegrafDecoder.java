package io.datapoints.connect.format.telegraf;

import io.datapoints.connect.config.format.InfluxConfig;
import io.datapoints.connect.config.format.TelegrafConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.JsonObjects;
import io.datapoints.connect.format.fields.MeasurementFeed;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;

/**
 * Decodes what Telegraf writes with {@code data_format = "json"}: a metric, or a batch of them in
 * an object with one field. Each field of a metric is a point. Used by one thread.
 */
public final class TelegrafDecoder implements FormatDecoder {

  private static final String BATCH = "metrics";

  private final MeasurementFeed measurements;
  private final JsonObjects objects;

  /**
   * @param fields how measurements and fields are named, and booleans stored
   */
  public TelegrafDecoder(InfluxConfig fields, TelegrafConfig settings, PointFeed feed) {
    this.measurements = new MeasurementFeed(fields, feed);
    this.objects = new JsonObjects(new TelegrafMetric(settings, measurements), BATCH);
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    measurements.begin(length);
    objects.decode(bytes, offset, length, origin, sink);
  }
}
