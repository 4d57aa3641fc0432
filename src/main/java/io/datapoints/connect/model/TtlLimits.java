package io.datapoints.connect.model;

/** Cassandra's limits on the time to live. */
public final class TtlLimits {

  /** The longest time to live: twenty years of 365 days. */
  public static final int MAX_SECONDS = 630_720_000;

  /**
   * The last expiry date that Cassandra stores unless its storage compatibility mode is NONE, in
   * seconds since the epoch: 2038-01-19T03:14:06Z.
   */
  public static final long LAST_EXPIRY_EPOCH_SECONDS = 2_147_483_646L;

  private TtlLimits() {}
}
