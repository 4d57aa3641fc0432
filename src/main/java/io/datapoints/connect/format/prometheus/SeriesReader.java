package io.datapoints.connect.format.prometheus;

import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.KnownBytes;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads series: labels and their samples. Labels may follow samples, so that each series is passed
 * more than once. The samples of a series are points of one metric, whose name and tags are checked
 * once for many of them, and not again in requests to come where their bytes are the same.
 */
final class SeriesReader {

  /** Samples that wait before they are checked, so that memory does not grow with a series. */
  private static final int MAX_WAITING = 4_096;

  private static final int MAX_DAMAGES = 10_000;

  /** The tag of a sample. */
  private static final int SAMPLES = 2 << 3 | LENGTH;

  private static final int KNOWN = 8_192;
  private static final int MAX_KNOWN_BYTES = 1_024;

  private final PointFeed feed;
  private final Labels labels = new Labels();

  /** What the bytes of all labels of a series, each with its tag, stand for. */
  private final KnownBytes<Series> knownLabels = new KnownBytes<>(KNOWN, MAX_KNOWN_BYTES);

  private final Observation[] kinds = {
    new Sample(), new NativeHistogram(false), new NativeHistogram(true)
  };

  private final SeriesFields fields = new SeriesFields();

  /** The current series if it is known, whose labels are not read then. */
  private @Nullable Series same;

  private int damages;

  SeriesReader(PointFeed feed) {
    this.feed = feed;
  }

  /** Begins a request. */
  void begin() {
    damages = 0;
  }

  /** Reads a series; what makes it unreadable costs that series. */
  void read(MessageReader series, int position, RecordOrigin origin, SampleSink sink) {
    labels.clear();
    same = null;
    try {
      check();
      same = fields.read(series) ? find(series.bytes()) : null;
      if (same == null) {
        readLabels(series.again());
      }
      for (Observation kind : kinds) {
        if (fields.has(kind.field())) {
          begin(kind, position, series.bytes());
          points(kind, series.again(), position, origin, sink);
        }
      }
      if (same == null) {
        keep(series.bytes());
      }
    } catch (PartFault fault) {
      sink.reject(fault.rule(), () -> place(position) + fault.problem());
    } catch (IOException damaged) {
      damages++;
      sink.reject(Rule.SHAPE, () -> place(position) + " is damaged.");
    }
  }

  /** The series that these labels stand for, null if that is not known. */
  private @Nullable Series find(byte[] bytes) {
    return fields.areLabelsAnd(SAMPLES)
        ? knownLabels.find(bytes, fields.labelsStart(), fields.labelsEnd())
        : null;
  }

  private void keep(byte[] bytes) {
    Series series = feed.series();
    if (series != null && fields.areLabelsAnd(SAMPLES)) {
      knownLabels.keep(bytes, fields.labelsStart(), fields.labelsEnd(), series);
    }
  }

  private void readLabels(MessageReader series) throws IOException, PartFault {
    for (int tag = series.next(); tag != 0; tag = series.next()) {
      if (tag == SeriesFields.LABELS) {
        labels.add(series);
      } else {
        series.skip(tag);
      }
    }
    if (labels.metric().isEmpty()) {
      throw new PartFault(Rule.NAME, " has no __name__.");
    }
  }

  private void begin(Observation kind, int position, byte[] bytes) throws PartFault {
    Series known = same;
    if (known != null) {
      feed.begin(position, known);
      return;
    }
    String suffix = kind.suffix();
    feed.begin(position, suffix.isEmpty() ? labels.metric() : labels.metric() + suffix);
    labels.giveTo(feed, bytes);
  }

  private void points(
      Observation kind, MessageReader in, int position, RecordOrigin origin, SampleSink sink)
      throws IOException, PartFault {
    int point = 0;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == kind.field()) {
        point(kind, in, position, point, sink);
        point++;
        if (point % MAX_WAITING == 0) {
          feed.end(origin, sink);
        }
      } else {
        in.skip(tag);
      }
    }
    if (point % MAX_WAITING != 0) {
      feed.end(origin, sink);
    }
  }

  private void point(Observation kind, MessageReader in, int position, int point, SampleSink sink)
      throws IOException {
    long entered = in.enter();
    try {
      check();
      kind.read(in);
      if (kind.isStale()) {
        feed.addNothing();
        sink.skip();
      } else {
        kind.addTo(feed);
      }
    } catch (PartFault fault) {
      feed.addNothing();
      sink.reject(
          fault.rule(), () -> place(position) + ".datapoints[" + point + "]" + fault.problem());
    } catch (IOException damaged) {
      damages++;
      feed.addNothing();
      sink.reject(Rule.SHAPE, () -> place(position) + ".datapoints[" + point + "] is damaged.");
    }
    in.leave(entered);
  }

  /** Has what is behind too much damage cost nothing more: an exception takes long. */
  private void check() throws PartFault {
    if (damages > MAX_DAMAGES) {
      throw new PartFault(Rule.SIZE, " is behind too much damage.");
    }
  }

  private String place(int position) {
    Series known = same;
    String name = known == null ? labels.metric() : known.name();
    return "metric["
        + position
        + "]"
        + (name.isEmpty() ? "" : "(name=" + NameInReason.of(name) + ")");
  }
}
