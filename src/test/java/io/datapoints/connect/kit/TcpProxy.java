package io.datapoints.connect.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
    RESET
  }

  private static final Duration DEAF_BOUND = Duration.ofSeconds(10);
  private static final long CLOSED_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final InetSocketAddress target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.PASS;
  private volatile long delayNanos;
  private volatile boolean closed;
  private volatile @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  /** A proxy in front of the target, listening on a port of its own, that passes everything. */
  public TcpProxy(InetSocketAddress target, FreePorts ports) {
    this.target = target;
    this.port = ports.next();
    listen();
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
      sockets.forEach(TcpProxy::reset);
      sockets.clear();
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
    return sockets.size() / 2;
  }

  private void listen() {
    try {
      ServerSocket socket = new ServerSocket();
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
        if (mode == Mode.RESET) {
          reset(client);
        } else {
          Thread unused = daemon("connect", () -> connect(client));
        }
      } catch (IOException e) {
        // The listener was closed, which the condition sees, or a client gave up already.
      }
    }
  }

  private void connect(Socket client) {
    sockets.add(client);
    Socket server = new Socket();
    sockets.add(server);
    try {
      if (awaitPassage()) {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        server.connect(target);
        Thread unused = daemon("answer", () -> pump(server, client));
        pump(client, server);
        return;
      }
    } catch (IOException e) {
      // The target refuses: so does this.
      reset(client);
    }
    end(client, server);
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        long held = System.nanoTime() + delayNanos;
        for (long left = delayNanos; left > 0; left = held - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        if (!awaitPassage()) {
          break;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone, so the other one goes too.
      reset(to);
    }
    end(from, to);
  }

  /** Returns when traffic may pass, or false when this connection is over. */
  private boolean awaitPassage() {
    while (mode == Mode.BLACK_HOLE && !closed) {
      LockSupport.parkNanos(CLOSED_CHECK_NANOS);
    }
    return mode == Mode.PASS && !closed;
  }

  private void end(Socket one, Socket other) {
    close(one);
    close(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  /** Closes with a reset instead of an orderly end. */
  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // It is closed already; closing it again does no harm.
      close(socket);
      return;
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Thread daemon(String job, Runnable body) {
    Thread thread = new Thread(body, "tcp-proxy-" + port + "-" + job);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Ends all connections and stops listening. */
  @Override
  public synchronized void close() {
    closed = true;
    deafen();
    sockets.forEach(TcpProxy::reset);
    sockets.clear();
  }
}
