package io.datapoints.connect.format.otlp;

import io.datapoints.connect.config.format.OtlpConfig;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.format.protobuf.Span;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the resources of one record, their scopes, metrics and data points. The fields of a message
 * come in any order, so that each message is passed twice: for what it says itself, and then for
 * the messages in it. Damage costs the smallest part that holds it, be it a point, a metric, a
 * scope or a resource: what it says could be incomplete.
 */
final class MetricsReader {

  private static final int RESOURCE = 1 << 3 | MessageReader.LENGTH;
  private static final int SCOPE_METRICS = 2 << 3 | MessageReader.LENGTH;

  /** What {@link #SCOPE_METRICS} was before release 0.15 of the protocol, equal in all but name. */
  private static final int LIBRARY_METRICS = 1_000 << 3 | MessageReader.LENGTH;

  private static final int SCOPE = 1 << 3 | MessageReader.LENGTH;
  private static final int METRICS = 2 << 3 | MessageReader.LENGTH;

  private static final int ATTRIBUTES_OF_RESOURCE = 1 << 3 | MessageReader.LENGTH;
  private static final int NAME_OF_SCOPE = 1 << 3 | MessageReader.LENGTH;
  private static final int VERSION_OF_SCOPE = 2 << 3 | MessageReader.LENGTH;

  private static final int NAME = 1 << 3 | MessageReader.LENGTH;
  private static final int GAUGE = 5 << 3 | MessageReader.LENGTH;
  private static final int SUM = 7 << 3 | MessageReader.LENGTH;
  private static final int HISTOGRAM = 9 << 3 | MessageReader.LENGTH;
  private static final int EXPONENTIAL_HISTOGRAM = 10 << 3 | MessageReader.LENGTH;
  private static final int SUMMARY = 11 << 3 | MessageReader.LENGTH;
  private static final int DATA_POINTS = 1 << 3 | MessageReader.LENGTH;

  private static final String DAMAGED = " is damaged.";

  private final Texts texts;
  private final Positions positions;
  private final KnownFaults faults;
  private final SampleSink sink;
  private final PointTags tags;
  private final PointWriter writer;
  private final Attributes attributes = new Attributes();
  private final DataPoint number = new NumberPoint();
  private final DataPoint histogram;
  private final DataPoint exponential;
  private final DataPoint summary;
  private long scopeName;
  private long scopeVersion;

  /**
   * @param faults those of the messages that will be read, by their positions
   */
  MetricsReader(
      OtlpConfig settings,
      Texts texts,
      Positions positions,
      KnownFaults faults,
      PointFeed feed,
      RecordOrigin origin,
      SampleSink sink) {
    this.texts = texts;
    this.positions = positions;
    this.faults = faults;
    this.sink = sink;
    this.tags = new PointTags(settings, texts);
    this.writer = new PointWriter(feed, origin, sink);
    this.histogram = new HistogramPoint(settings.histogramBuckets(), texts.numbers());
    this.exponential = new ExponentialPoint(settings.exponentialBuckets(), texts.numbers());
    this.summary = new SummaryPoint(texts.numbers());
  }

  /** Reads a resource with all that it holds. */
  void resource(MessageReader resource) throws IOException {
    int position = positions.nextResource();
    try {
      faults.check(resource);
      attributesOf(resource);
      tags.resource(resource.bytes(), attributes);
    } catch (PartFault fault) {
      sink.reject(fault.rule(), () -> "resource[" + position + "]" + fault.problem());
      return;
    } catch (IOException damaged) {
      sink.reject(Rule.SHAPE, () -> "resource[" + position + "]" + DAMAGED);
      return;
    }
    MessageReader in = resource.again();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == SCOPE_METRICS || tag == LIBRARY_METRICS) {
        scope(in.message());
      } else {
        in.skip(tag);
      }
    }
  }

  private void attributesOf(MessageReader resource) throws IOException, PartFault {
    attributes.clear();
    for (int tag = resource.next(); tag != 0; tag = resource.next()) {
      if (tag == RESOURCE) {
        long entered = resource.enter();
        for (int field = resource.next(); field != 0; field = resource.next()) {
          if (field == ATTRIBUTES_OF_RESOURCE) {
            attributes.add(resource);
          } else {
            resource.skip(field);
          }
        }
        resource.leave(entered);
      } else {
        resource.skip(tag);
      }
    }
  }

  private void scope(MessageReader scope) throws IOException {
    int position = positions.nextScope();
    try {
      faults.check(scope);
      nameOf(scope);
      tags.scope(scope.bytes(), scopeName, scopeVersion);
    } catch (PartFault fault) {
      sink.reject(fault.rule(), () -> "scope[" + position + "]" + fault.problem());
      return;
    } catch (IOException damaged) {
      sink.reject(Rule.SHAPE, () -> "scope[" + position + "]" + DAMAGED);
      return;
    }
    MessageReader in = scope.again();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == METRICS) {
        metric(in.message());
      } else {
        in.skip(tag);
      }
    }
  }

  private void nameOf(MessageReader scope) throws IOException {
    scopeName = Span.EMPTY;
    scopeVersion = Span.EMPTY;
    for (int tag = scope.next(); tag != 0; tag = scope.next()) {
      if (tag == SCOPE) {
        long entered = scope.enter();
        for (int field = scope.next(); field != 0; field = scope.next()) {
          switch (field) {
            case NAME_OF_SCOPE -> scopeName = scope.span();
            case VERSION_OF_SCOPE -> scopeVersion = scope.span();
            default -> scope.skip(field);
          }
        }
        scope.leave(entered);
      } else {
        scope.skip(tag);
      }
    }
  }

  private void metric(MessageReader metric) throws IOException {
    long name = Span.EMPTY;
    int data = 0;
    int from = 0;
    int position = positions.nextMetric();
    writer.begin(position, "");
    try {
      faults.check(metric);
      for (int tag = metric.next(); tag != 0; tag = metric.next()) {
        if (tag == NAME) {
          name = metric.span();
          continue;
        }
        // Of several kinds of data the last one counts, with all of it that stands together.
        if (tag != data && kind(tag) != null) {
          data = tag;
          from = metric.position();
        }
        metric.skip(tag);
      }
    } catch (PartFault fault) {
      writer.reject(fault.rule(), fault.problem());
      return;
    } catch (IOException damaged) {
      writer.reject(Rule.SHAPE, DAMAGED);
      return;
    }
    DataPoint kind = kind(data);
    String text = texts.names().text(metric.bytes(), name);
    if (text == null) {
      writer.reject(Rule.NAME, " has a name that is not UTF-8.");
    } else if (kind == null) {
      writer.skip();
    } else if (text.isEmpty()) {
      writer.reject(Rule.NAME, " has no name.");
    } else {
      writer.begin(position, text);
      data(metric.again(), data, from, kind);
    }
  }

  private @Nullable DataPoint kind(int data) {
    return switch (data) {
      case GAUGE, SUM -> number;
      case HISTOGRAM -> histogram;
      case EXPONENTIAL_HISTOGRAM -> exponential;
      case SUMMARY -> summary;
      default -> null;
    };
  }

  private void data(MessageReader metric, int data, int from, DataPoint kind) throws IOException {
    int point = 0;
    for (int tag = metric.next(); tag != 0; tag = metric.next()) {
      if (tag == data && metric.position() >= from) {
        point = points(metric, kind, point);
      } else {
        metric.skip(tag);
      }
    }
  }

  /** Reads the data points of the message that follows; the position of the next one. */
  private int points(MessageReader in, DataPoint kind, int first) throws IOException {
    int point = first;
    long entered = in.enter();
    try {
      for (int tag = in.next(); tag != 0; tag = in.next()) {
        if (tag == DATA_POINTS) {
          point(in, kind, point);
          point++;
        } else {
          in.skip(tag);
        }
      }
    } catch (IOException damaged) {
      writer.reject(Rule.SHAPE, " is damaged behind " + point + " datapoints.");
    }
    in.leave(entered);
    return point;
  }

  private void point(MessageReader in, DataPoint point, int position) throws IOException {
    long entered = in.enter();
    try {
      faults.check(in);
      point.read(in);
      write(point, position, in.bytes());
    } catch (PartFault fault) {
      writer.reject(position, fault.rule(), fault.problem());
    } catch (IOException damaged) {
      writer.reject(position, Rule.SHAPE, DAMAGED);
    }
    in.leave(entered);
  }

  private void write(DataPoint point, int position, byte[] bytes) throws PartFault, IOException {
    if (point.isUnrecorded()) {
      writer.skip();
    } else if (point.nanos == 0) {
      throw new PartFault(Rule.TIMESTAMP, " has no time.");
    } else {
      writer.point(position, point.nanos, tags.of(bytes, point.attributes));
      point.write(writer);
    }
  }
}
