package io.datapoints.connect.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out loopback ports that nobody listens on, each one once.
 *
 * <p>They lie below the range from which systems give outgoing connections their ports (32768 on
 * Linux): a port from that range could be taken by any client while its server is down for a
 * restart. The search starts at a random place because other builds may run on this machine; the
 * virtual machines of one build have ranges of their own.
 */
public final class FreePorts {

  private static final int RANGES = 4;
  private static final int WIDTH = 5_000;

  /** Surefire counts its virtual machines from one. */
  private static final int LOWEST =
      12_000 + Math.floorMod(Integer.getInteger("surefire.forkNumber", 1) - 1, RANGES) * WIDTH;

  private static final int HIGHEST = LOWEST + WIDTH;

  private final Set<Integer> given = ConcurrentHashMap.newKeySet();

  /** A port that was free a moment ago and that this instance never hands out again. */
  public int next() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (given.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
