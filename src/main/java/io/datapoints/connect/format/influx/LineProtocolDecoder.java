package io.datapoints.connect.format.influx;

import io.datapoints.connect.config.format.InfluxConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.TagList;
import io.datapoints.connect.format.fields.MeasurementFeed;
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

  private static final String BLANKS = " \r\n";

  private final InfluxConfig settings;
  private final MeasurementFeed measurements;

  public LineProtocolDecoder(InfluxConfig settings, PointFeed feed) {
    this.settings = settings;
    this.measurements = new MeasurementFeed(settings, feed);
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    String text = text(ByteBuffer.wrap(bytes, offset, length));
    if (text == null) {
      sink.reject(Rule.SHAPE, "The lines are not UTF-8.");
    } else {
      measurements.begin(length);
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
      } catch (PartFault fault) {
        sink.reject(Rule.SHAPE, () -> "line " + line + fault.problem());
      }
    }
    if (!any && text.chars().allMatch(c -> BLANKS.indexOf(c) >= 0)) {
      sink.reject(Rule.NO_VALUE, "There are no lines.");
    }
  }

  private void points(LineParser line, RecordOrigin origin, SampleSink sink) throws PartFault {
    long millis = millis(line, origin);
    TagList tags = line.tags();
    measurements.announce(line.measurement(), tags, line.fields().size());
    for (LineParser.Field field : line.fields()) {
      String name = measurements.name(line.measurement(), field.name());
      measurements.accept(line.line() - 1, name, tags, field.value(), millis, origin, sink);
    }
  }

  private long millis(LineParser line, RecordOrigin origin) throws PartFault {
    if (!line.timed()) {
      if (origin.timestamp() == RecordOrigin.NO_TIMESTAMP) {
        throw new PartFault(Rule.SHAPE, " has no time, and neither has its record.");
      }
      return origin.timestamp();
    }
    try {
      return settings.precision().toMillis(line.time());
    } catch (ArithmeticException beyond) {
      throw new PartFault(Rule.SHAPE, " has a time that is out of range.");
    }
  }
}
