package io.datapoints.connect.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FootprintTest {

  private final Footprint before = new Footprint(Map.of("herder", 1L), 2, Set.of("task=0"));

  @Test
  void whatIsGivenBackIsNoExcess() {
    assertThat(before.excess(before)).isEmpty();
    assertThat(before.excess(new Footprint(Map.of(), 0, Set.of()))).isEmpty();
  }

  @Test
  void whatIsKeptIsNamed() {
    Footprint after =
        new Footprint(Map.of("herder", 1L, "s#-io-#", 4L), 5, Set.of("task=0", "task=1"));
    assertThat(before.excess(after))
        .containsExactlyInAnyOrder("4 threads s#-io-#", "3 connections", "MBean task=1");
  }

  @Test
  void theConnectionsOfAProcessAreSeenUntilTheyAreClosed() throws IOException {
    long pid = ProcessHandle.current().pid();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = listener.getLocalPort();
      try (Socket client = new Socket(listener.getInetAddress(), port)) {
        assertThat(TcpConnection.of(pid))
            .contains(new TcpConnection(client.getLocalPort(), port), new TcpConnection(port, 0));
      }
      assertThat(TcpConnection.of(pid)).noneMatch(each -> each.remotePort() == port);
    }
  }
}
