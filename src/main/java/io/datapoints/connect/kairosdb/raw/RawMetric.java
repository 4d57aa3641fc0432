package io.datapoints.connect.kairosdb.raw;

import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A metric as it was written, before any rule. The fields of a JSON object come in any order, so
 * that no rule can be applied before its end. One instance serves all metrics of a task, on the
 * task's thread; each metric overwrites the one before it.
 */
public final class RawMetric {

  /** Takes the metrics of a record one after another. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Turns a metric into samples and reasons.
     *
     * @param metric valid during the call only
     */
    void handle(RawMetric metric, RecordOrigin origin, SampleSink sink);
  }

  /** Rows of {@link #fields}. */
  public static final int NAME = 0;

  public static final int TIMESTAMP = 1;
  public static final int TIME = 2;
  public static final int VALUE = 3;
  public static final int TYPE = 4;
  public static final int TTL = 5;
  public static final int SKIP_VALIDATE = 6;
  private static final int FIELDS = 7;

  private static final int INITIAL_POINTS = 128;
  private static final int INITIAL_TAGS = 16;
  private static final int RETAINED_TAGS = 1_024;

  private final RawText text = new RawText();
  private final RawColumn fields = new RawColumn(text, FIELDS);
  private final RawColumn tagValues = new RawColumn(text, INITIAL_TAGS);
  private final RawColumn timestamps = new RawColumn(text, INITIAL_POINTS);
  private final RawColumn values = new RawColumn(text, INITIAL_POINTS);
  private final RawColumn types = new RawColumn(text, INITIAL_POINTS);
  private @Nullable String[] tagNames = new String[INITIAL_TAGS];
  private int index;
  private int start;
  private int end;
  private int precedingPoints;
  private int firstPoint;
  private int tags;
  private int points;
  private @Nullable String fault;

  /**
   * Starts the next metric.
   *
   * @param index its position in the record's array, 0 for a record that is one object
   * @param precedingPoints how many points the record's metrics before this one had
   */
  public void clear(int index, int precedingPoints) {
    this.index = index;
    this.precedingPoints = precedingPoints;
    text.clear();
    fields.clear();
    for (int field = 0; field < FIELDS; field++) {
      fields.open(field);
    }
    clearTags();
    clearPoints();
    firstPoint = 0;
    fault = null;
  }

  /**
   * Notes that this is a part of a metric, and its points not the first ones.
   *
   * @param first the position of the first one
   */
  public void numberPointsFrom(int first) {
    firstPoint = first;
  }

  /**
   * Notes where the metric stands in the array of bytes that is read.
   *
   * @param from the position of its first byte
   * @param to that behind its last one
   */
  void locate(int from, int to) {
    start = from;
    end = to;
  }

  /** Drops the tags: of several fields of that name the last one counts. */
  void clearTags() {
    tags = 0;
    tagValues.clear();
    if (tagNames.length > RETAINED_TAGS) {
      tagNames = new String[INITIAL_TAGS];
    }
  }

  /** Drops the datapoints: of several fields of that name the last one counts. */
  public void clearPoints() {
    points = 0;
    timestamps.clear();
    values.clear();
    types.clear();
  }

  /** Adds a tag and returns its row in {@link #tagValues}, absent so far. */
  public int addTag(String name) {
    int row = tags++;
    tagValues.open(row);
    if (row == tagNames.length) {
      tagNames = Arrays.copyOf(tagNames, 2 * row);
    }
    nameTag(row, name);
    return row;
  }

  /** Names the tag in this row, for a form that gives its value first. */
  @SuppressWarnings("ReferenceEquality")
  void nameTag(int row, String name) {
    // A parser returns the same string for the same name: the test saves the garbage collector's
    // write barrier.
    if (tagNames[row] != name) {
      tagNames[row] = name;
    }
  }

  /** Adds a datapoint and returns its row in the three columns, absent so far. */
  public int addPoint() {
    int row = points++;
    timestamps.open(row);
    values.open(row);
    types.open(row);
    return row;
  }

  /** Notes that this datapoint is neither an array nor an object. */
  void markNoPoint(int row) {
    timestamps.set(row, Kind.COMPOSITE);
    types.set(row, Kind.COMPOSITE);
  }

  /** Whether this datapoint is neither an array nor an object. */
  public boolean isNoPoint(int row) {
    return timestamps.kind(row) == Kind.COMPOSITE
        && types.kind(row) == Kind.COMPOSITE
        && values.kind(row) == Kind.ABSENT;
  }

  /** Notes that the tags have no form that tags can have, which rejects the metric. */
  void markBadTags() {
    fault(".tags is not an object of texts.");
  }

  /** Notes that the datapoints are not an array, which rejects the metric. */
  void markBadPoints() {
    fault(".datapoints is not an array.");
  }

  private void fault(String first) {
    if (fault == null) {
      fault = first;
    }
  }

  /**
   * Why this cannot be read as a metric, or null: the rest of a sentence that starts with the
   * metric.
   */
  public @Nullable String fault() {
    return fault;
  }

  /** Position in the record's array of metrics. */
  public int index() {
    return index;
  }

  /** Where its first byte is, for a reader that was asked to note it. */
  public int start() {
    return start;
  }

  /** Where the byte behind its last one is, for a reader that was asked to note it. */
  public int end() {
    return end;
  }

  /** How many points the record's metrics before this one had. */
  public int precedingPoints() {
    return precedingPoints;
  }

  /** The position in the whole metric of the first point that is here. */
  public int firstPoint() {
    return firstPoint;
  }

  /** The single fields, in the rows {@link #NAME} and following. */
  public RawColumn fields() {
    return fields;
  }

  /** How many tags were written. */
  public int tags() {
    return tags;
  }

  /** The name of the tag in this row, rows being in written order. */
  public String tagName(int row) {
    String name = tagNames[row];
    if (row >= tags || name == null) {
      throw new IndexOutOfBoundsException(row);
    }
    return name;
  }

  /** The values of the tags. */
  public RawColumn tagValues() {
    return tagValues;
  }

  /** How many datapoints were written, a top-level timestamp and value not counted. */
  public int points() {
    return points;
  }

  /** The first elements of the datapoints. */
  public RawColumn timestamps() {
    return timestamps;
  }

  /** The second elements of the datapoints. */
  public RawColumn values() {
    return values;
  }

  /** The third elements of the datapoints. */
  public RawColumn types() {
    return types;
  }

  /** Whether the name and all tag values are texts, so that the metric can have a series. */
  public boolean namesSeries() {
    boolean texts = fields.kind(NAME) == Kind.TEXT;
    for (int tag = 0; tag < tags; tag++) {
      texts &= tagValues.kind(tag) == Kind.TEXT;
    }
    return texts;
  }

  /** A hash of name and tags as written; only for a metric that {@link #namesSeries}. */
  public long seriesHash() {
    long hash = fields.hash(NAME, tags);
    for (int tag = 0; tag < tags; tag++) {
      hash = tagValues.hash(tag, hash * 31 + tagName(tag).hashCode());
    }
    return hash;
  }
}
