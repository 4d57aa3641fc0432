package io.datapoints.connect.kairosdb.format;

import io.datapoints.connect.model.TtlLimits;
import java.util.Optional;

/**
 * The times to live of points and of the index entries by which they are found: KairosDB's
 * datapoint_ttl, force_default_datapoint_ttl and align_datapoint_ttl_with_timestamp. All are in
 * seconds, and 0 stands for none, as in CQL.
 *
 * <p>One deliberate difference: with alignment on and no time to live at all, KairosDB treats the
 * point as one whose zero seconds are over and drops every point of the past. Here no time to live
 * means that the point stays for ever, aligned or not.
 *
 * @param defaultSeconds for a point that asks for none, 0 for none
 * @param force whether the default replaces what the points ask for
 * @param align whether a time to live counts from the point's timestamp instead of from now
 * @param rowWidthSeconds {@link RowLayout#widthSeconds()}
 * @param lastExpirySeconds the last expiry date that the cluster stores, in seconds since the epoch
 */
public record TtlPolicy(
    int defaultSeconds, boolean force, boolean align, int rowWidthSeconds, long lastExpirySeconds) {

  /** The point's time to live is over: there is nothing to store. */
  public static final int EXPIRED = -1;

  /** The point asks for a negative time to live; {@link #violation} says so. */
  public static final int NEGATIVE = -2;

  /** Time between planning an index entry and its last retry, and between two clocks. */
  private static final long EXPIRY_MARGIN_SECONDS = 3600;

  /** No timestamp is treated as further from the epoch than this, so that ages do not overflow. */
  private static final long FARTHEST_MILLIS = Long.MAX_VALUE / 4;

  /**
   * The time to live of a point.
   *
   * @param requested what the point asks for, 0 for nothing
   * @param timestamp of the point, in milliseconds since the epoch; one in the future lengthens an
   *     aligned time to live
   * @param nowMillis milliseconds since the epoch
   * @return the seconds to store, 0 for none, {@link #EXPIRED} or {@link #NEGATIVE}; more than
   *     Cassandra takes is returned as it is, and {@link #violation} names it
   */
  public int pointTtl(int requested, long timestamp, long nowMillis) {
    int ttl = force || requested == 0 ? storableDefault(nowMillis) : requested;
    if (ttl < 0) {
      return NEGATIVE;
    }
    if (ttl == 0 || !align) {
      return ttl;
    }
    long bounded = Math.max(-FARTHEST_MILLIS, Math.min(FARTHEST_MILLIS, timestamp));
    long left = ttl - (nowMillis - bounded) / 1000;
    return left <= 0 ? EXPIRED : (int) Math.min(left, Integer.MAX_VALUE);
  }

  /**
   * The default, cut to what Cassandra can store, because the operator's setting must not make
   * every point a bad one.
   */
  private int storableDefault(long nowMillis) {
    long untilMax = lastExpirySeconds - nowMillis / 1000 - EXPIRY_MARGIN_SECONDS;
    return defaultSeconds <= 0
        ? defaultSeconds
        : (int) Math.max(1, Math.min(defaultSeconds, untilMax));
  }

  /**
   * The time to live that KairosDB gives the index entries of such a point: they outlive it by the
   * width of a row. The sum can be more than Cassandra takes.
   */
  int rowKeyTtl(int pointTtl) {
    return pointTtl == 0 ? 0 : (int) Math.min((long) pointTtl + rowWidthSeconds, Integer.MAX_VALUE);
  }

  /**
   * {@link #rowKeyTtl}, shortened to what Cassandra takes. KairosDB does not shorten it: Cassandra
   * refuses its index entry, and the point is stored where no query finds it. The result is never
   * shorter than the point's own time to live; it leaves an hour up to the last second, for retries
   * and for a server whose clock is ahead.
   *
   * @param pointTtl a storable one, that is one without a {@link #violation}
   */
  public int cappedRowKeyTtl(int pointTtl, long nowMillis) {
    if (pointTtl == 0) {
      return 0;
    }
    long untilMax = lastExpirySeconds - nowMillis / 1000 - EXPIRY_MARGIN_SECONDS;
    long limit = Math.min(TtlLimits.MAX_SECONDS, untilMax);
    return (int) Math.max(pointTtl, Math.min(limit, rowKeyTtl(pointTtl)));
  }

  /**
   * Why Cassandra would refuse a point with this time to live; empty when it would not. KairosDB
   * does not check: one such point takes a whole batch with it.
   *
   * @param pointTtl a result of {@link #pointTtl} other than {@link #EXPIRED}
   */
  public Optional<String> violation(int pointTtl, long nowMillis) {
    if (pointTtl < 0) {
      return Optional.of("ttl may not be negative.");
    }
    if (pointTtl > TtlLimits.MAX_SECONDS) {
      return Optional.of("ttl may not be greater than " + TtlLimits.MAX_SECONDS + " seconds.");
    }
    if (pointTtl > 0 && nowMillis / 1000 + pointTtl > lastExpirySeconds) {
      return Optional.of("ttl may not end after the last expiry date that the cluster can store.");
    }
    return Optional.empty();
  }
}
