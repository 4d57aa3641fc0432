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
    String name = metric.fields().text(RawMetric.NAME);
    Map<String, String> tags = new HashMap<>(2 * metric.tags());
    for (int row = 0; row < metric.tags(); row++) {
      String previous = tags.put(metric.tagName(row), metric.tagValues().text(row));
      if (previous != null) {
        reasons.give(Rule.TAGS, " duplicate key: " + NameInReason.of(metric.tagName(row)));
        return null;
      }
    }
    Series series = new Series(name, Tags.of(tags));
    String excess = KeyLengths.excess(series);
    if (excess != null) {
      reasons.give(Rule.SIZE, excess);
      return null;
    }
    return series;
  }
}
