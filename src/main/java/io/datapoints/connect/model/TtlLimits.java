package io.datapoints.connect.model;

import java.util.concurrent.TimeUnit;

/** Cassandra's limits on the time to live. */
public final class TtlLimits {

  /** The longest time to live: twenty years of 365 days. */
  public static final int MAX_SECONDS = 630_720_000;

  /**
   * The last expiry date that Cassandra stores unless its storage compatibility mode is NONE, in
   * seconds since the epoch: 2038-01-19T03:14:06Z.
   */
  public static final long LAST_EXPIRY_EPOCH_SECONDS = 2_147_483_646L;

  /** The last expiry date with that mode, in seconds since the epoch: 2106-02-07T06:28:13Z. */
  public static final long LAST_EXPIRY_OF_MODE_NONE = 4_294_967_293L;

  private TtlLimits() {}

  /**
   * A time to live in whole seconds. What is shorter than a second is one, since 0 means no expiry;
   * so does a negative count.
   */
  public static long seconds(long count, TimeUnit unit) {
    return count > 0 ? Math.max(1, unit.toSeconds(count)) : 0;
  }
}
