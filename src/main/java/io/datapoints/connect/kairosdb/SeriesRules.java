package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a metric's name and tags. KairosDB does not limit characters or lengths; what
 * Cassandra cannot store is rejected here, before it fails a batch with other points.
 */
final class SeriesRules {

  private static final int FEW_TAGS = 16;

  private final boolean strict;

  SeriesRules(boolean strict) {
    this.strict = strict;
  }

  /** Checks the name, even if validation is skipped: a row needs one. */
  void checkName(RawMetric metric, RejectReasons reasons) {
    RawColumn fields = metric.fields();
    if (fields.missing(RawMetric.NAME)) {
      reasons.give(Rule.NAME, ".name may not be null.");
    } else if (fields.kind(RawMetric.NAME) == Kind.COMPOSITE) {
      reasons.give(Rule.NAME, ".name is not a text.");
    } else if (fields.length(RawMetric.NAME) == 0) {
      reasons.give(Rule.NAME, ".name may not be empty.");
    } else if (strict) {
      StrictRules.checkName(fields.text(RawMetric.NAME), reasons);
    }
  }

  /**
   * Checks the tags one by one.
   *
   * @param skips whether the metric asks not to be validated: no tags, and empty ones, are allowed
   */
  void checkTags(RawMetric metric, boolean skips, RejectReasons reasons) {
    if (metric.tags() == 0 && !skips) {
      reasons.give(Rule.TAGS, ".tags count must be greater than or equal to 1.");
    }
    for (int row = 0; row < metric.tags(); row++) {
      checkTag(metric, row, skips, reasons);
    }
    if (strict) {
      StrictRules.checkTags(metric, reasons);
    }
  }

  private static void checkTag(RawMetric metric, int row, boolean skips, RejectReasons reasons) {
    RawColumn values = metric.tagValues();
    if (metric.tagName(row).isEmpty() && !skips) {
      reasons.giveTag(row, ".name may not be empty.");
    }
    if (values.missing(row)) {
      reasons.giveTag(row, ".value may not be null.");
    } else if (values.kind(row) == Kind.COMPOSITE) {
      reasons.giveTag(row, ".value is not a text.");
    } else if (values.length(row) == 0 && !skips) {
      reasons.giveTag(row, ".value may not be empty.");
    }
  }

  /** The series of a metric whose name and tags are good, or null after a reason. */
  @Nullable Series series(RawMetric metric, RejectReasons reasons) {
    if (metric.tags() > KeyLengths.MAX_TAGS) {
      reasons.give(Rule.TAGS, KeyLengths.TOO_MANY_TAGS);
      return null;
    }
    Tags tags = metric.tags() <= FEW_TAGS ? few(metric, reasons) : many(metric, reasons);
    if (tags == null) {
      return null;
    }
    Series series = new Series(metric.fields().text(RawMetric.NAME), tags);
    String excess = KeyLengths.excess(series);
    if (excess != null) {
      reasons.give(Rule.SIZE, excess);
      return null;
    }
    return series;
  }

  /** Puts them in order as they come, which for a few is several times cheaper than a map. */
  private static @Nullable Tags few(RawMetric metric, RejectReasons reasons) {
    int count = metric.tags();
    String[] names = new String[count];
    String[] values = new String[count];
    for (int row = 0; row < count; row++) {
      String name = metric.tagName(row);
      int at = row;
      int order = -1;
      while (at > 0 && (order = names[at - 1].compareTo(name)) > 0) {
        at--;
      }
      if (at > 0 && order == 0) {
        return duplicate(name, reasons);
      }
      System.arraycopy(names, at, names, at + 1, row - at);
      System.arraycopy(values, at, values, at + 1, row - at);
      names[at] = name;
      values[at] = metric.tagValues().text(row);
    }
    return Tags.ofSorted(names, values);
  }

  private static @Nullable Tags many(RawMetric metric, RejectReasons reasons) {
    Map<String, String> tags = new HashMap<>(2 * metric.tags());
    for (int row = 0; row < metric.tags(); row++) {
      String previous = tags.put(metric.tagName(row), metric.tagValues().text(row));
      if (previous != null) {
        return duplicate(metric.tagName(row), reasons);
      }
    }
    return Tags.of(tags);
  }

  private static @Nullable Tags duplicate(String name, RejectReasons reasons) {
    reasons.give(Rule.TAGS, " duplicate key: " + NameInReason.of(name));
    return null;
  }
}
