package io.datapoints.connect.store;

/**
 * How much a request may hold whose rows are of several partitions.
 *
 * @param partitions at most; 1 where partitions share no request
 * @param bytes the sum of {@link Row#bytes} at most
 */
public record SharedLimits(int partitions, long bytes) {

  /** Of a store that takes one partition a request. */
  public static final SharedLimits NONE = new SharedLimits(1, 0);
}
