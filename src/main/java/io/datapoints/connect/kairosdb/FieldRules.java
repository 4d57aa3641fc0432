package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.DatapointValidator.Nulls;
import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.TtlLimits;

/**
 * The rules for the fields of a metric other than its name and tags. KairosDB rejects the rest of a
 * request at a field of the wrong JSON type; here such a field rejects the metric.
 */
final class FieldRules {

  private final PointTimes times;
  private final boolean extendedTypes;
  private final Nulls nulls;

  FieldRules(PointTimes times, boolean extendedTypes, Nulls nulls) {
    this.times = times;
    this.extendedTypes = extendedTypes;
    this.nulls = nulls;
  }

  void check(RawMetric metric, RejectReasons reasons) {
    RawColumn fields = metric.fields();
    checkTime(fields, RawMetric.TIMESTAMP, ".timestamp", reasons);
    checkTime(fields, RawMetric.TIME, ".time", reasons);
    if (fields.kind(RawMetric.TYPE) == Kind.COMPOSITE) {
      reasons.give(Rule.TYPE, ".type is not a text.");
    }
    if (!fields.missing(RawMetric.SKIP_VALIDATE)
        && !FieldConversion.isBoolean(fields, RawMetric.SKIP_VALIDATE)) {
      reasons.give(Rule.SHAPE, ".skip_validate is not a boolean.");
    }
    checkTtl(fields, reasons);
    if (timestamp(fields) < 0) {
      if (!fields.missing(RawMetric.VALUE)) {
        reasons.give(Rule.TIMESTAMP, ".timestamp may not be null.");
      }
    } else if (!skipsValidation(metric)) {
      checkValue(fields, reasons);
    }
  }

  /** The row of the top-level timestamp, "time" before "timestamp"; negative if there is none. */
  static int timestamp(RawColumn fields) {
    if (!fields.missing(RawMetric.TIME)) {
      return RawMetric.TIME;
    }
    return fields.missing(RawMetric.TIMESTAMP) ? -1 : RawMetric.TIMESTAMP;
  }

  /** The time to live in seconds, 0 for none; only for a metric that passed {@link #check}. */
  static int ttl(RawColumn fields) {
    return fields.missing(RawMetric.TTL) ? 0 : (int) FieldConversion.toLong(fields, RawMetric.TTL);
  }

  static boolean skipsValidation(RawMetric metric) {
    return FieldConversion.toBoolean(metric.fields(), RawMetric.SKIP_VALIDATE);
  }

  private void checkTime(RawColumn fields, int row, String name, RejectReasons reasons) {
    String fault = fields.missing(row) ? null : times.faultOfField(fields, row);
    if (fault != null) {
      reasons.give(Rule.TIMESTAMP, name + fault);
    }
  }

  private static void checkTtl(RawColumn fields, RejectReasons reasons) {
    if (fields.missing(RawMetric.TTL)) {
      return;
    }
    if (!FieldConversion.isInt(fields, RawMetric.TTL)) {
      reasons.give(Rule.TTL, ".ttl is not an int.");
    } else if (ttl(fields) < 0 || ttl(fields) > TtlLimits.MAX_SECONDS) {
      reasons.give(Rule.TTL, ".ttl must be between 0 and " + TtlLimits.MAX_SECONDS + " seconds.");
    }
  }

  private void checkValue(RawColumn fields, RejectReasons reasons) {
    if (fields.kind(RawMetric.VALUE) == Kind.ABSENT) {
      reasons.give(Rule.VALUE, ".value may not be null.");
    } else if (nulls == Nulls.REJECTED && PointRules.isNull(fields, RawMetric.VALUE)) {
      reasons.give(Rule.VALUE, ".value may not be empty.");
    } else if (PointRules.isEmpty(fields, RawMetric.VALUE)
        && ApiType.named(fields, RawMetric.TYPE, extendedTypes) != ApiType.STRING) {
      reasons.give(Rule.VALUE, ".value may not be empty.");
    } else if (fields.kind(RawMetric.VALUE) == Kind.EMPTY_ARRAY) {
      reasons.give(Rule.VALUE, ".value may not be an empty array.");
    }
  }
}
