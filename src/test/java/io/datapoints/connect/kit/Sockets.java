package io.datapoints.connect.kit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Questions to a TCP port. */
final class Sockets {

  private static final int CONNECT_TIMEOUT_MS = 2_000;

  private Sockets() {}

  /** Whether something listens there; a refusal is an exception, with its reason. */
  static boolean accepts(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_TIMEOUT_MS);
      return true;
    }
  }
}
