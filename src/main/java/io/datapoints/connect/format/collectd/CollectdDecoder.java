package io.datapoints.connect.format.collectd;

import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.JsonObjects;
import io.datapoints.connect.format.TagBudget;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;

/**
 * Decodes the JSON that collectd's write_kafka and write_http write: an array of value lists. Each
 * value of a list is a point. Used by one thread.
 */
public final class CollectdDecoder implements FormatDecoder {

  private final TagBudget budget = new TagBudget();
  private final JsonObjects objects;

  public CollectdDecoder(PointFeed feed) {
    this.objects = new JsonObjects(new ValueList(budget, feed));
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    budget.begin(length);
    objects.decode(bytes, offset, length, origin, sink);
  }
}
