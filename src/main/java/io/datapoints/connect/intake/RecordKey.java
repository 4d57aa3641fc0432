package io.datapoints.connect.intake;

import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;

/**
 * The key of the records of a series: {@code {"name":"m","tags":{"a":"1","b":"2"}}} in ASCII, with
 * the tags in their order. All points of a series thus lie in one partition of the topic, one after
 * another.
 */
final class RecordKey {

  private RecordKey() {}

  static byte[] of(Series series) {
    JsonText text = new JsonText();
    text.raw("{");
    writeSeries(text, series);
    return text.raw("}").copy();
  }

  /** Writes name and tags as the first fields of an object. */
  static void writeSeries(JsonText text, Series series) {
    text.raw("\"name\":").quoted(series.name()).raw(",\"tags\":{");
    Tags tags = series.tags();
    for (int i = 0; i < tags.size(); i++) {
      text.raw(i == 0 ? "" : ",").quoted(tags.name(i)).raw(":").quoted(tags.value(i));
    }
    text.raw("}");
  }
}
