package io.datapoints.connect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  private final AtomicInteger arrived = new AtomicInteger();
  private ServerSocket server;
  private TcpProxy proxy;

  @BeforeEach
  void echoBehindAProxy() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread echo = new Thread(this::echo, "echo");
    echo.setDaemon(true);
    echo.start();
    proxy =
        new TcpProxy(
            new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), new FreePorts());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void passesBothDirections() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, 7)).isEqualTo(7);
      assertThat(echoed(client, 8)).isEqualTo(8);
    }
  }

  @Test
  void refusesAndIsWholeAgain() throws IOException {
    try (Socket before = connect()) {
      assertThat(echoed(before, 1)).isEqualTo(1);
      proxy.mode(TcpProxy.Mode.REFUSE);
      assertThatThrownBy(() -> echoed(before, 2)).isInstanceOf(IOException.class);
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }
    proxy.mode(TcpProxy.Mode.PASS);
    try (Socket after = connect()) {
      assertThat(echoed(after, 3)).isEqualTo(3);
    }
  }

  @Test
  void aBlackHoleHoldsTrafficBackAndLetsItGo() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, 1)).isEqualTo(1);
      proxy.mode(TcpProxy.Mode.BLACK_HOLE);
      client.setSoTimeout(200);
      client.getOutputStream().write(2);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      proxy.mode(TcpProxy.Mode.PASS);
      client.setSoTimeout((int) BOUND.toMillis());
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void resetsOldAndNewConnections() throws IOException {
    try (Socket old = connect()) {
      assertThat(echoed(old, 1)).isEqualTo(1);
      proxy.mode(TcpProxy.Mode.RESET);
      assertThatThrownBy(() -> old.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThatThrownBy(
              () -> {
                try (Socket fresh = connect()) {
                  echoed(fresh, 2);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void swallowsAnswersThoughTheRequestArrived() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, 1)).isEqualTo(1);
      proxy.mode(TcpProxy.Mode.SWALLOW_ANSWERS);
      client.getOutputStream().write(2);
      Await.until("the request to arrive", BOUND, () -> arrived.get() == 2);
      client.setSoTimeout(200);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void resetsWithinAnAnswer() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, 1)).isEqualTo(1);
      proxy.mode(TcpProxy.Mode.CUT_ANSWERS);
      client.getOutputStream().write(2);
      Await.until("the request to arrive", BOUND, () -> arrived.get() == 2);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void endsTheServersHalfAndReadsTheClientsOn() throws IOException {
    try (Socket old = connect()) {
      assertThat(echoed(old, 1)).isEqualTo(1);
      proxy.mode(TcpProxy.Mode.HALF_CLOSE);
      assertThat(old.getInputStream().read()).isEqualTo(-1);
      old.getOutputStream().write(2);
      Await.until("the request to arrive", BOUND, () -> arrived.get() == 2);
      try (Socket fresh = connect()) {
        assertThat(fresh.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void dribblesWhatArrivesWhole() throws IOException {
    proxy.mode(TcpProxy.Mode.DRIBBLE);
    try (Socket client = connect()) {
      byte[] sent = "a sentence, byte by byte".getBytes(StandardCharsets.UTF_8);
      client.getOutputStream().write(sent);
      assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
    }
  }

  @Test
  void delaysEachDirection() throws IOException {
    Duration delay = Duration.ofMillis(60);
    try (Socket client = connect()) {
      assertThat(echoed(client, 1)).isEqualTo(1);
      proxy.delay(delay);
      long start = System.nanoTime();
      assertThat(echoed(client, 2)).isEqualTo(2);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(delay.multipliedBy(2));
    }
  }

  @Test
  void aRefusingTargetResetsTheClient() throws IOException {
    server.close();
    assertThatThrownBy(
            () -> {
              try (Socket client = connect()) {
                echoed(client, 1);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void forgetsConnectionsThatEnded() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, 1)).isEqualTo(1);
      assertThat(proxy.connections()).isEqualTo(1);
    }
    Await.until("the end of the connection", BOUND, () -> proxy.connections() == 0);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(proxy.address());
    socket.setSoTimeout((int) BOUND.toMillis());
    return socket;
  }

  private static int echoed(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    int answer = client.getInputStream().read();
    if (answer < 0) {
      throw new IOException("closed");
    }
    return answer;
  }

  private void echo() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> echo(socket), "echo-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      for (int read = socket.getInputStream().read();
          read >= 0;
          read = socket.getInputStream().read()) {
        arrived.incrementAndGet();
        socket.getOutputStream().write(read);
      }
    } catch (IOException gone) {
      return;
    }
  }
}
