package io.datapoints.connect.format.influx;

import io.datapoints.connect.config.format.InfluxConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes lines in UTF-8, one or several. Each field of a line is a point of its own, named by
 * measurement and field. A line that cannot be read is a reason, and the others are read. Used by
 * one thread.
 */
public final class LineProtocolDecoder implements FormatDecoder {

  private static final String VALUE = "value";
  private static final String BLANKS = " \r\n";

  private final InfluxConfig settings;
  private final PointFeed feed;

  public LineProtocolDecoder(InfluxConfig settings, PointFeed feed) {
    this.settings = settings;
    this.feed = feed;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    String text = text(ByteBuffer.wrap(bytes, offset, length));
    if (text == null) {
      sink.reject(Rule.SHAPE, "The lines are not UTF-8.");
    } else {
      lines(text, origin, sink);
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
      sink.reject(Rule.NO_VALUE, "There are no lines.");
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
