package io.datapoints.connect.store.cassandra.kairosdb.index;

import io.datapoints.connect.model.SipHash.Fingerprint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the entries that make the points of a row key findable.
 *
 * @param rowTime the one that it is of, or for a metric name any of the metric
 * @param ofRowKey null for other kinds
 */
record IndexEntry(Kind kind, RowKey.RowTime rowTime, @Nullable RowKey ofRowKey) {

  /** What an entry is of, and so which tables have rows of it. */
  enum Kind {
    /** A row of {@code string_index}, for all row times of a metric. */
    METRIC_NAME,

    /** A row of {@code row_key_time_index}. */
    ROW_TIME,

    /** A row of {@code row_keys} and, for indexed tags, those of {@code tag_indexed_row_keys}. */
    ROW_KEY
  }

  /** The entry of this kind that a row key needs. */
  static IndexEntry of(Kind kind, RowKey key) {
    return new IndexEntry(kind, key.rowTime(), kind == Kind.ROW_KEY ? key : null);
  }

  /** The row key of one of that kind. */
  RowKey key() {
    return Objects.requireNonNull(ofRowKey);
  }

  Fingerprint fingerprint() {
    return switch (kind) {
      case METRIC_NAME -> rowTime.metricName();
      case ROW_TIME -> rowTime.entry();
      case ROW_KEY -> key().entry();
    };
  }

  /**
   * One write of an index entry. All times are milliseconds since the epoch.
   *
   * <p>Packed it has 64 bits, and of two packed ones of an entry that of the later write is the
   * larger unsigned number: the second of the write in the upper half, in the lower one the second
   * until which the entry lives, all ones for always. Both are rounded up. It is never 0.
   *
   * @param writtenAt when
   * @param expiresAt until when the entry lives, {@link Demand#FOREVER} for always
   * @param timestamp the write timestamp
   */
  record Mark(long writtenAt, long expiresAt, long timestamp) {

    private static final long ALWAYS = 0xFFFF_FFFFL;

    /** The seconds to live from the time of the write, 0 for ever. */
    int ttl() {
      return expiresAt == Demand.FOREVER ? 0 : (int) ((expiresAt - writtenAt + 999) / 1000);
    }

    long packed() {
      long expiry = expiresAt == Demand.FOREVER ? ALWAYS : seconds(expiresAt);
      return (seconds(timestamp) << 32) | expiry;
    }

    /** When it was written; its write timestamp is not later than this. */
    static long writtenAt(long packed) {
      return (packed >>> 32) * 1000;
    }

    static long expiresAt(long packed) {
      long expiry = packed & ALWAYS;
      return expiry == ALWAYS ? Demand.FOREVER : expiry * 1000;
    }

    /** Whether a packed mark is that of a later write than another one of the same entry. */
    static boolean isLater(long packed, long other) {
      return Long.compareUnsigned(packed, other) > 0;
    }

    private static long seconds(long millis) {
      return Math.max(1, Math.min(ALWAYS - 1, (millis + 999) / 1000));
    }
  }
}
