package io.datapoints.connect.format.prometheus;

import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.JsonObjects;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;

/** Decodes the JSON of prometheus-kafka-adapter: a sample a record. Used by one thread. */
public final class AdapterJsonDecoder implements FormatDecoder {

  private final JsonObjects objects;

  public AdapterJsonDecoder(PointFeed feed) {
    this.objects = new JsonObjects(new AdapterSample(feed));
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    objects.decode(bytes, offset, length, origin, sink);
  }
}
