package io.datapoints.connect.format.prometheus;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.KnownTexts;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.format.protobuf.Span;
import io.datapoints.connect.format.protobuf.Utf8Decoder;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import java.util.Arrays;

/**
 * The labels of a series: one is the name of the metric, the others are tags. An empty label is
 * none. Reused for one series after another.
 */
final class Labels {

  /** More tags do not fit into a key of KairosDB, however short they are. */
  private static final int MAX = 8_191;

  private static final int INITIAL = 32;
  private static final String METRIC = "__name__";
  private static final int NAME = 1 << 3 | MessageReader.LENGTH;
  private static final int VALUE = 2 << 3 | MessageReader.LENGTH;

  private final Utf8Decoder utf8 = new Utf8Decoder();
  private final KnownTexts known = new KnownTexts(utf8);
  private String[] names = new String[INITIAL];
  private long[] values = new long[INITIAL];
  private int size;
  private String metric = "";

  void clear() {
    size = 0;
    metric = "";
  }

  /** Adds the label that follows. */
  void add(MessageReader in) throws IOException, PartFault {
    long name = Span.EMPTY;
    long value = Span.EMPTY;
    long entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case NAME -> name = in.span();
        case VALUE -> value = in.span();
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
    if (Span.length(value) > 0) {
      add(text(in, name), value, in);
    }
  }

  private void add(String name, long value, MessageReader in) throws PartFault {
    if (name.equals(METRIC)) {
      if (!metric.isEmpty()) {
        throw new PartFault(Rule.NAME, " has __name__ twice.");
      }
      metric = text(in, value);
      return;
    }
    if (size == MAX) {
      throw new PartFault(Rule.SIZE, " has more than " + MAX + " labels.");
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size] = value;
    size++;
  }

  private String text(MessageReader in, long span) throws PartFault {
    String text = known.text(in.bytes(), span);
    if (text == null) {
      throw noText();
    }
    return text;
  }

  private static PartFault noText() {
    return new PartFault(Rule.SHAPE, " has a label that is not UTF-8.");
  }

  /** The name of the metric, empty if there is none. */
  String metric() {
    return metric;
  }

  /** Gives the tags. */
  void giveTo(PointFeed feed, byte[] bytes) throws PartFault {
    for (int tag = 0; tag < size; tag++) {
      int length = utf8.decode(bytes, values[tag]);
      if (length < 0) {
        throw noText();
      }
      feed.tag(names[tag], utf8.chars(), 0, length);
    }
  }
}
