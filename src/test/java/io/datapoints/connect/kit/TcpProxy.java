package io.datapoints.connect.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * A network between a client and a server on the loopback address, that can be made worse and whole
 * again while they talk. Its port stays the same throughout.
 *
 * <p>One thread accepts; two threads a connection copy its two directions.
 */
public final class TcpProxy implements AutoCloseable {

  /** What becomes of the traffic. */
  public enum Mode {
    /** It passes, after {@link TcpProxy#delay} if one is set. */
    PASS,
    /** Nobody listens: connections are gone, and new ones are refused. */
    REFUSE,
    /** Connections stay, and what is sent on them is held back until the mode changes. */
    BLACK_HOLE,
    /** Connections, old and new, are answered with a reset. */
    RESET,
    /** Requests arrive and are carried out, but their answers are held back. */
    SWALLOW_ANSWERS,
    /** Requests arrive; half of the first piece of an answer passes, then comes a reset. */
    CUT_ANSWERS,
    /** The server's half of each connection is ended in an orderly way, the client's is read on. */
    HALF_CLOSE,
    /** Each byte is a packet of its own. */
    DRIBBLE
  }

  private static final Duration DEAF_BOUND = Duration.ofSeconds(10);

  /** Makes the socket that clients connect to, not bound yet. */
  @FunctionalInterface
  private interface ListenerSource {
    /** A new one, since one that was closed stays closed. */
    ServerSocket open() throws IOException;
  }

  private final InetSocketAddress target;
  private final int port;
  private final ListenerSource sockets;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.PASS;
  private volatile long delayNanos;
  private volatile boolean closed;
  private volatile @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  /** A proxy in front of the target, listening on a port of its own, that passes everything. */
  public TcpProxy(InetSocketAddress target, FreePorts ports) {
    this(target, ports, ServerSocket::new);
  }

  private TcpProxy(InetSocketAddress target, FreePorts ports, ListenerSource sockets) {
    this.target = target;
    this.port = ports.next();
    this.sockets = sockets;
    listen();
  }

  /**
   * A proxy to which clients speak TLS, in front of a target to which it speaks none.
   *
   * @param context its certificate, and whom it trusts; asked for whenever it begins to listen
   * @param clientCertificates whether a client has to have one
   */
  public static TcpProxy encrypting(
      InetSocketAddress target,
      FreePorts ports,
      Supplier<SSLContext> context,
      boolean clientCertificates) {
    return new TcpProxy(
        target,
        ports,
        () -> {
          SSLServerSocket socket =
              (SSLServerSocket) context.get().getServerSocketFactory().createServerSocket();
          socket.setNeedClientAuth(clientCertificates);
          return socket;
        });
  }

  /** Where clients connect instead. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** {@link #address()} as {@code host:port}. */
  public String contactPoint() {
    return "127.0.0.1:" + port;
  }

  /** Changes what becomes of the traffic, from now on. */
  public synchronized void mode(Mode next) {
    mode = next;
    if (next == Mode.REFUSE) {
      deafen();
    } else if (listener == null) {
      listen();
    }
    if (next == Mode.REFUSE || next == Mode.RESET) {
      connections.forEach(ProxiedConnection::reset);
    } else if (next == Mode.HALF_CLOSE) {
      connections.forEach(ProxiedConnection::endAnswers);
    }
  }

  /**
   * Holds each piece of traffic back for this long in each direction; zero ends that. Pieces of up
   * to 64 KiB follow one another, so this limits the throughput as well.
   */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** How many clients are connected. */
  public int connections() {
    return connections.size();
  }

  Mode mode() {
    return mode;
  }

  long delayNanos() {
    return delayNanos;
  }

  boolean closed() {
    return closed;
  }

  void ended(ProxiedConnection connection) {
    connections.remove(connection);
  }

  Thread daemon(String job, Runnable body) {
    Thread thread = new Thread(body, "tcp-proxy-" + port + "-" + job);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void listen() {
    try {
      ServerSocket socket = sockets.open();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      listener = socket;
      acceptor = daemon("accept", () -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The system goes on listening until the call that waits for a client has returned. */
  private void deafen() {
    ServerSocket socket = listener;
    Thread accepting = acceptor;
    listener = null;
    acceptor = null;
    if (socket == null || accepting == null) {
      return;
    }
    try {
      socket.close();
      accepting.join(DEAF_BOUND.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket client = from.accept();
        ProxiedConnection connection = new ProxiedConnection(this, client);
        connections.add(connection);
        if (mode == Mode.RESET) {
          connection.reset();
        } else {
          Thread unused = daemon("connect", () -> connection.run(target));
        }
      } catch (IOException e) {
        // The listener was closed, which the condition sees, or a client gave up already.
      }
    }
  }

  /** Ends all connections and stops listening. */
  @Override
  public synchronized void close() {
    closed = true;
    deafen();
    connections.forEach(ProxiedConnection::reset);
  }
}
