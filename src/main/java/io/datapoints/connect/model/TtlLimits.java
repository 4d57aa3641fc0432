package io.datapoints.connect.model;

/** How long Cassandra lets anything live. */
public final class TtlLimits {

  /** The longest time to live: twenty years of 365 days. */
  public static final int MAX_SECONDS = 630_720_000;

  /**
   * The last second, counted from the epoch, at which Cassandra lets anything expire unless its
   * storage compatibility mode is NONE: 2038-01-19T03:14:06Z.
   */
  public static final long LAST_EXPIRY_EPOCH_SECONDS = 2_147_483_646L;

  private TtlLimits() {}
}
