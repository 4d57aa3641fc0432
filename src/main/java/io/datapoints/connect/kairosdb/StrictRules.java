package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.nio.charset.StandardCharsets;

/**
 * The additional limits of {@code validation.rules=strict}, which KairosDB does not have. The
 * operator sets them, so that a metric's skip_validate does not lift them.
 */
final class StrictRules {

  static final int MAX_POINTS = 10_000;

  /** 2100-01-01T00:00:00Z in milliseconds. */
  static final long MAX_TIMESTAMP = 4_102_444_800_000L;

  private static final int MAX_TEXT_BYTES = 256;
  private static final int MAX_TAGS = 100;
  private static final String RESERVED_PREFIX = "kairosdb_";

  private StrictRules() {}

  static void checkName(String name, RejectReasons reasons) {
    if (tooLong(name)) {
      reasons.give(Rule.NAME, ".name may not be longer than 256 bytes.");
    }
    if (!name.codePoints().allMatch(c -> isWordCharacter(c) || c == '.')) {
      reasons.give(Rule.NAME, ".name may only have letters, digits, '_', '.' and '-'.");
    }
    if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
      reasons.give(Rule.NAME, ".name may not start or end with '.', nor have two in a row.");
    }
  }

  static void checkTags(RawMetric metric, RejectReasons reasons) {
    if (metric.tags() > MAX_TAGS) {
      reasons.give(Rule.TAGS, ".tags count must be less than or equal to " + MAX_TAGS + ".");
      return;
    }
    for (int row = 0; row < metric.tags(); row++) {
      checkTagName(metric.tagName(row), row, reasons);
      if (metric.tagValues().kind(row) == Kind.TEXT) {
        checkTagValue(metric.tagValues().text(row), row, reasons);
      }
    }
  }

  private static void checkTagName(String name, int row, RejectReasons reasons) {
    if (tooLong(name)) {
      reasons.giveTag(row, ".name may not be longer than 256 bytes.");
    }
    if (!name.codePoints().allMatch(StrictRules::isWordCharacter)) {
      reasons.giveTag(row, ".name may only have letters, digits, '_' and '-'.");
    }
    if (name.startsWith(RESERVED_PREFIX)) {
      reasons.giveTag(row, ".name may not start with '" + RESERVED_PREFIX + "'.");
    }
  }

  private static void checkTagValue(String value, int row, RejectReasons reasons) {
    if (tooLong(value)) {
      reasons.giveTag(row, ".value may not be longer than 256 bytes.");
    }
    if (value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      reasons.giveTag(row, ".value may not have control characters.");
    }
  }

  static boolean permitsTimestamp(long timestamp) {
    return timestamp > 0 && timestamp <= MAX_TIMESTAMP;
  }

  /**
   * How many of the metric's datapoints are within the record's limit; gives a reason against the
   * rest.
   */
  static int permittedPoints(RawMetric metric, SampleSink sink) {
    int permitted = Math.max(0, MAX_POINTS - metric.precedingPoints());
    if (metric.points() <= permitted) {
      return metric.points();
    }
    sink.reject(
        Rule.SIZE,
        RejectReasons.place(metric, permitted)
            + " and following exceed "
            + MAX_POINTS
            + " datapoints in one record.");
    return permitted;
  }

  private static boolean isWordCharacter(int c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  private static boolean tooLong(String text) {
    return text.length() > MAX_TEXT_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES;
  }
}
