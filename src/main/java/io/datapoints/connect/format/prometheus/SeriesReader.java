package io.datapoints.connect.format.prometheus;

import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;

/**
 * Reads series: labels and their samples. Labels may follow samples, so that each series is passed
 * twice. The samples of a series are points of one metric, whose name and tags are checked once for
 * many of them.
 */
final class SeriesReader {

  /** Samples that wait before they are checked, so that memory does not grow with a series. */
  private static final int MAX_WAITING = 4_096;

  private static final int LABELS = 1 << 3 | LENGTH;

  private final PointFeed feed;
  private final Labels labels = new Labels();
  private final Observation[] kinds = {
    new Sample(), new NativeHistogram(false), new NativeHistogram(true)
  };

  SeriesReader(PointFeed feed) {
    this.feed = feed;
  }

  /** Reads a series; what makes it unreadable costs that series. */
  void read(MessageReader series, int position, RecordOrigin origin, SampleSink sink) {
    labels.clear();
    int fields = 0;
    try {
      for (int tag = series.next(); tag != 0; tag = series.next()) {
        if (tag == LABELS) {
          labels.add(series);
        } else {
          series.skip(tag);
          fields |= bit(tag);
        }
      }
      if (labels.metric().isEmpty()) {
        throw new PartFault(Rule.NAME, " has no __name__.");
      }
      for (Observation kind : kinds) {
        if ((fields & bit(kind.field())) != 0) {
          points(kind, series.again(), position, origin, sink);
        }
      }
    } catch (PartFault fault) {
      sink.reject(fault.rule(), () -> place(position) + fault.problem());
    } catch (IOException damaged) {
      sink.reject(Rule.SHAPE, () -> place(position) + " is damaged.");
    }
  }

  /** A bit for the number of a field, so that what is not there is not looked for. */
  private static int bit(int tag) {
    return 1 << Math.min(tag >> 3, Integer.SIZE - 1);
  }

  private void points(
      Observation kind, MessageReader in, int position, RecordOrigin origin, SampleSink sink)
      throws IOException, PartFault {
    String suffix = kind.suffix();
    feed.begin(position, suffix.isEmpty() ? labels.metric() : labels.metric() + suffix);
    labels.giveTo(feed, in.bytes());
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
      kind.read(in);
      if (kind.isStale()) {
        feed.addNothing();
        sink.skip();
      } else {
        kind.addTo(feed);
      }
    } catch (IOException damaged) {
      feed.addNothing();
      sink.reject(Rule.SHAPE, () -> place(position) + ".datapoints[" + point + "] is damaged.");
    }
    in.leave(entered);
  }

  private String place(int position) {
    String name = labels.metric();
    return "metric["
        + position
        + "]"
        + (name.isEmpty() ? "" : "(name=" + NameInReason.of(name) + ")");
  }
}
