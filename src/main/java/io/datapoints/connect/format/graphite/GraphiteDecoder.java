package io.datapoints.connect.format.graphite;

import io.datapoints.connect.config.format.GraphiteConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Utf8;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;

/**
 * Decodes the lines of Graphite's plaintext protocol, one or several, each of which is a point. A
 * line that cannot be read is a reason, and the others are read. Used by one thread.
 */
public final class GraphiteDecoder implements FormatDecoder {

  private final MetricPath path;
  private final PointFeed feed;

  public GraphiteDecoder(GraphiteConfig settings, PointFeed feed) {
    this.path = new MetricPath(settings);
    this.feed = feed;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    if (Pickle.begins(bytes, offset, length)) {
      sink.reject(
          Rule.SHAPE, "The record is in the pickle protocol of carbon; lines of text are read.");
      return;
    }
    String text = Utf8.text(bytes, offset, length);
    if (text == null) {
      sink.reject(Rule.SHAPE, "The lines are not UTF-8.");
    } else if (text.isBlank()) {
      sink.reject(Rule.NO_VALUE, "There are no lines.");
    } else {
      lines(text, origin, sink);
    }
  }

  private void lines(String text, RecordOrigin origin, SampleSink sink) {
    int begin = 0;
    for (int number = 0; begin < text.length(); number++) {
      int lineBreak = text.indexOf('\n', begin);
      int end = lineBreak < 0 ? text.length() : lineBreak;
      String line = text.substring(begin, end);
      if (!line.isBlank()) {
        line(line, number, origin, sink);
      }
      begin = end + 1;
    }
  }

  private void line(String line, int number, RecordOrigin origin, SampleSink sink) {
    try {
      GraphiteLine parsed = GraphiteLine.parse(line);
      path.read(parsed.path());
      long millis = millis(parsed, origin);
      feed.begin(number, path.name());
      path.tags().forEach(feed::tag);
      feed.accept(millis, parsed.value(), origin, sink);
    } catch (PartFault fault) {
      sink.reject(fault.rule(), () -> "line " + (number + 1) + fault.problem());
    }
  }

  private static long millis(GraphiteLine line, RecordOrigin origin) throws PartFault {
    Long time = line.time();
    if (time != null) {
      return time;
    }
    if (origin.timestamp() == RecordOrigin.NO_TIMESTAMP) {
      throw new PartFault(Rule.TIMESTAMP, " has no time, and neither has its record.");
    }
    return origin.timestamp();
  }
}
