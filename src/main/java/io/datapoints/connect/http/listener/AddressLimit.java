package io.datapoints.connect.http.listener;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SocketChannelEndPoint;

/**
 * Closes connections of an address that has as many as it may have. What it counts is remembered
 * here: a connection that is closed does not know its address any more.
 */
final class AddressLimit implements Connection.Listener {

  /** Whoever has one address of IPv6 has all of its network, so many bytes long. */
  private static final int NETWORK_BYTES = 8;

  private final int limit;
  private final Map<Connection, String> addresses = new ConcurrentHashMap<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  AddressLimit(int limit) {
    this.limit = limit;
  }

  @Override
  public void onOpened(Connection connection) {
    // What is above TLS is the same connection once more.
    if (!(connection.getEndPoint() instanceof SocketChannelEndPoint endPoint)) {
      return;
    }
    SocketAddress remote = endPoint.getRemoteSocketAddress();
    if (remote == null) {
      return;
    }
    String address = key(remote);
    addresses.put(connection, address);
    if (counts.merge(address, 1, Integer::sum) > limit) {
      refused.increment();
      endPoint.close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    String address = addresses.remove(connection);
    if (address != null) {
      counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Connections that were closed at once. */
  long refused() {
    return refused.sum();
  }

  /** Addresses that have connections. */
  int addresses() {
    return counts.size();
  }

  static String key(SocketAddress remote) {
    InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
    if (address == null) {
      return "";
    }
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
