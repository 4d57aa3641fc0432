package io.datapoints.connect.format.otlp;

import java.util.Locale;

/** What a metric of several numbers has behind its name for each of them. */
enum Suffix {
  COUNT,
  SUM,
  MIN,
  MAX,
  BUCKET;

  private final String text = "_" + name().toLowerCase(Locale.ROOT);

  String of(String metric) {
    return metric + text;
  }
}
