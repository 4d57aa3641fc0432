package io.datapoints.connect.influx;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.format.FormatConfig;
import io.datapoints.connect.config.format.InfluxConfig;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.GzipDecoder;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.payload.RejectReasons;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of line protocol: a text or bytes in UTF-8, gzip compressed or not, of one or
 * several lines. Each field of a line is a point of its own, named by measurement and field. A line
 * that cannot be read is a reason, and the others are read. One instance a task, used on the task's
 * thread.
 */
public final class LineProtocolReader implements RecordReader {

  private static final String VALUE = "value";
  private static final String BLANKS = " \r\n";

  private final GzipDecoder gzip;
  private final InfluxConfig settings;
  private final PointFeed feed;

  /**
   * @param maxInflatedBytes bytes that gzip data may inflate to at most
   */
  public LineProtocolReader(int maxInflatedBytes, FormatConfig format, KairosConfig kairos) {
    this.gzip = new GzipDecoder(maxInflatedBytes);
    this.settings = format.influx();
    this.feed = new PointFeed(kairos, format.defaultTag().name(), format.defaultTag().value());
  }

  @Override
  public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (value instanceof String text) {
      lines(text, origin, sink);
    } else if (value instanceof byte[] bytes) {
      bytes(bytes, origin, sink);
    } else if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      bytes(copy, origin, sink);
    } else if (value == null) {
      sink.reject(Rule.NO_VALUE, RejectReasons.empty("record value"));
    } else {
      sink.reject(
          Rule.SHAPE,
          "The record value is a " + value.getClass().getName() + ", not a text or bytes.");
    }
  }

  private void bytes(byte[] bytes, RecordOrigin origin, SampleSink sink) {
    ByteBuffer plain =
        GzipDecoder.isGzip(bytes, 0, bytes.length)
            ? gzip.inflate(bytes, 0, bytes.length, sink)
            : ByteBuffer.wrap(bytes);
    String text = plain == null ? null : text(plain);
    if (text != null) {
      lines(text, origin, sink);
    } else if (plain != null) {
      sink.reject(Rule.SHAPE, "The record value is not UTF-8.");
    }
  }

  private static @Nullable String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException noText) {
      return null;
    }
  }

  private void lines(String text, RecordOrigin origin, SampleSink sink) {
    LineParser lines = new LineParser(text);
    boolean any = false;
    while (lines.next()) {
      any = true;
      int line = lines.line();
      try {
        lines.parse();
        points(lines, origin, sink);
      } catch (LineFault fault) {
        sink.reject(Rule.SHAPE, () -> "line " + line + " " + fault.getMessage() + ".");
      }
    }
    if (!any && text.chars().allMatch(c -> BLANKS.indexOf(c) >= 0)) {
      sink.reject(Rule.NO_VALUE, RejectReasons.empty("record value"));
    }
  }

  private void points(LineParser line, RecordOrigin origin, SampleSink sink) throws LineFault {
    long millis = millis(line, origin);
    for (LineParser.Field field : line.fields()) {
      feed.begin(line.line() - 1, name(line.measurement(), field.name()));
      for (LineParser.Tag tag : line.tags()) {
        feed.tag(tag.name(), tag.value());
      }
      accept(field.value(), millis, origin, sink);
    }
  }

  private void accept(FieldValue value, long millis, RecordOrigin origin, SampleSink sink) {
    if (value instanceof FieldValue.Decimal number) {
      feed.accept(millis, number.value(), origin, sink);
    } else if (value instanceof FieldValue.Whole number) {
      feed.accept(millis, number.value(), origin, sink);
    } else if (value instanceof FieldValue.Text text) {
      feed.accept(millis, text.value(), origin, sink);
    } else {
      boolean truth = ((FieldValue.Logical) value).value();
      if (settings.numericBooleans()) {
        feed.accept(millis, truth ? 1L : 0L, origin, sink);
      } else {
        feed.accept(millis, Boolean.toString(truth), origin, sink);
      }
    }
  }

  private String name(String measurement, String field) {
    return settings.plainValue() && field.equals(VALUE)
        ? measurement
        : measurement + settings.separator() + field;
  }

  private long millis(LineParser line, RecordOrigin origin) throws LineFault {
    if (!line.timed()) {
      if (origin.timestamp() == RecordOrigin.NO_TIMESTAMP) {
        throw new LineFault("has no time, and neither has its record");
      }
      return origin.timestamp();
    }
    try {
      return settings.precision().toMillis(line.time());
    } catch (ArithmeticException beyond) {
      throw new LineFault("has a time that is out of range");
    }
  }
}
