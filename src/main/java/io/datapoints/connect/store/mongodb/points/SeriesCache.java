package io.datapoints.connect.store.mongodb.points;

import io.datapoints.connect.model.Series;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series written lately, encoded. Confined to the task thread. */
final class SeriesCache {

  /** A usual series takes about 500 bytes. */
  private static final int MAX_SERIES = 50_000;

  /** Longer ones are not kept: this bounds the memory. */
  private static final int MAX_BYTES = 2_048;

  private record Last(Series series, EncodedSeries encoded) {}

  private final Map<Series, EncodedSeries> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Series, EncodedSeries> eldest) {
          return size() > MAX_SERIES;
        }
      };

  private @Nullable Last last;

  private boolean encodedLast;

  /** Points of a series often come in runs, so the last one is tried first. */
  EncodedSeries of(Series series) {
    Last hit = last;
    encodedLast = false;
    if (hit == null || !hit.series.equals(series)) {
      hit = new Last(series, find(series));
      last = hit;
    }
    return hit.encoded;
  }

  /** Whether the series asked for last was not known. */
  boolean encodedLast() {
    return encodedLast;
  }

  private EncodedSeries find(Series series) {
    EncodedSeries encoded = known.get(series);
    if (encoded == null) {
      encodedLast = true;
      encoded = EncodedSeries.of(series);
      if (encoded.elements().length <= MAX_BYTES) {
        known.put(series, encoded);
      }
    }
    return encoded;
  }
}
