package io.datapoints.connect.kit;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a Cassandra node stands in its cluster. All nodes of a cluster have the same ports, on
 * loopback addresses of their own.
 *
 * @param host its address, of which the first is the seed's
 * @param token where its range of the ring ends
 * @param nodes how many nodes there are
 */
record RingPlace(
    String host,
    long token,
    int nodes,
    int clientPort,
    int storagePort,
    int secureStoragePort,
    int jmxPort) {

  static final String SEED = "127.0.0.1";

  /** The place of a node that is its whole cluster. */
  static RingPlace alone(FreePorts ports) {
    return new RingPlace(SEED, 0, 1, ports.next(), ports.next(), ports.next(), ports.next());
  }

  /** Places at the same distance from each other, that of the seed first. */
  static List<RingPlace> ring(int nodes, FreePorts ports) {
    int clientPort = ports.next();
    int storagePort = ports.next();
    int secureStoragePort = ports.next();
    List<RingPlace> ring = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      long token = Long.MIN_VALUE + 1 + i * (Long.MAX_VALUE / nodes * 2);
      ring.add(
          new RingPlace(
              "127.0.0." + (i + 1),
              token,
              nodes,
              clientPort,
              storagePort,
              secureStoragePort,
              ports.next()));
    }
    return List.copyOf(ring);
  }
}
