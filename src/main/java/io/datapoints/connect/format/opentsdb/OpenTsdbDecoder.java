package io.datapoints.connect.format.opentsdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.JsonForm;
import io.datapoints.connect.format.JsonObjects;
import io.datapoints.connect.format.JsonScalars;
import io.datapoints.connect.format.JsonTags;
import io.datapoints.connect.format.NumberText;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.format.TagList;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the body of OpenTSDB's {@code POST /api/put}: one data point or an array of them. Each
 * data point gives the sink one sample or one reason, in their order. Used by one thread.
 */
public final class OpenTsdbDecoder implements FormatDecoder {

  /** Of a data point in a topic that OpenTSDB reads itself; in a request it has none. */
  private static final String TYPE = "Metric";

  private final JsonObjects objects;

  public OpenTsdbDecoder(PointFeed feed) {
    this.objects = new JsonObjects(new DataPointForm(feed));
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    objects.decode(bytes, offset, length, origin, sink);
  }

  /** {@code {"metric": "a", "timestamp": 1, "value": 2, "tags": {"b": "c"}}}. */
  private static final class DataPointForm implements JsonForm {

    private final PointFeed feed;
    private final JsonTags tags = new JsonTags();
    private final SingleReason outcome = new SingleReason();
    private Scalar metric = Scalar.Other.NULL;
    private Scalar timestamp = Scalar.Other.NULL;
    private Scalar value = Scalar.Other.NULL;

    /** Whether it says that it is no data point but a rollup, a pre-aggregate or a histogram. */
    private boolean derived;

    DataPointForm(PointFeed feed) {
      this.feed = feed;
    }

    @Override
    public void clear() {
      tags.clear();
      metric = Scalar.Other.NULL;
      timestamp = Scalar.Other.NULL;
      value = Scalar.Other.NULL;
      derived = false;
    }

    @Override
    public void field(String name, JsonParser json, JsonToken token) throws IOException {
      switch (name) {
        case "metric" -> metric = JsonScalars.read(json, token);
        case "timestamp" -> timestamp = JsonScalars.read(json, token);
        case "value" -> value = JsonScalars.read(json, token);
        case "tags" -> tags.read("tags", json, token);
        case "type" ->
            derived |=
                JsonScalars.read(json, token) instanceof Scalar.Text type
                    && !type.value().equalsIgnoreCase(TYPE);
        case "interval", "aggregator", "groupByAggregator" ->
            derived |= JsonScalars.read(json, token) != Scalar.Other.NULL;
        default -> json.skipChildren();
      }
    }

    @Override
    public String name() {
      return metric instanceof Scalar.Text text ? text.value() : "";
    }

    @Override
    public void points(int index, RecordOrigin origin, SampleSink sink) throws PartFault {
      if (derived) {
        throw new PartFault(
            Rule.SHAPE, " is a rollup, a pre-aggregate or a histogram; data points are read.");
      }
      if (!(metric instanceof Scalar.Text)) {
        throw new PartFault(
            Rule.NAME,
            metric == Scalar.Other.NULL ? ".metric is missing." : ".metric is not a text.");
      }
      if (name().isEmpty()) {
        throw new PartFault(Rule.NAME, ".metric is empty.");
      }
      long millis = DataPointTime.millis(timestamp);
      Scalar number = number(value);
      TagList list = tags.list();
      outcome.begin(sink);
      feed.begin(index, name());
      list.forEach(feed::tag);
      if (number instanceof Scalar.Whole whole) {
        feed.accept(millis, whole.value(), origin, outcome);
      } else if (number instanceof Scalar.Decimal decimal) {
        feed.accept(millis, decimal.value(), origin, outcome);
      }
      outcome.end();
    }

    private static Scalar number(Scalar value) throws PartFault {
      if (value == Scalar.Other.NULL) {
        throw new PartFault(Rule.VALUE, ".value is missing.");
      }
      @Nullable Scalar number =
          value instanceof Scalar.Text text ? NumberText.parse(text.value()) : value;
      if (number instanceof Scalar.Whole) {
        return number;
      }
      if (number instanceof Scalar.Decimal decimal && Double.isFinite(decimal.value())) {
        return number;
      }
      throw new PartFault(Rule.VALUE, ".value is not a finite number.");
    }
  }
}
