package io.datapoints.connect.http.listener;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * Closes connections whose TLS handshake or headers take too long: each byte that trickles in keeps
 * them from being idle, so that nothing else would. The time of headers counts from when the first
 * of their bytes was seen; between requests a connection may be silent. Called by Jetty's threads,
 * and by a timer.
 */
final class SlowConnections implements Connection.Listener {

  private final long timeoutNanos;
  private final Map<Connection, Wait> open = new ConcurrentHashMap<>();
  private final LongAdder closed = new LongAdder();

  /** What a connection is waited for. Guarded by itself. */
  private static final class Wait {

    private final long openedAt;
    private boolean handling;

    /** Bytes that had come when the last request ended. */
    private long bytes;

    /** When more than those were first seen; only valid with {@code begun}. */
    private long begunAt;

    private boolean begun;

    Wait(long openedAt) {
      this.openedAt = openedAt;
    }

    synchronized void begin() {
      handling = true;
      begun = false;
    }

    synchronized void end(long bytesIn) {
      handling = false;
      bytes = bytesIn;
    }

    synchronized boolean isOver(Connection connection, long now, long timeoutNanos) {
      if (connection instanceof SslConnection tls) {
        return !isShaken(tls.getSSLEngine()) && now - openedAt > timeoutNanos;
      }
      if (handling || connection.getBytesIn() == bytes) {
        return false;
      }
      if (!begun) {
        begun = true;
        begunAt = now;
      }
      return now - begunAt > timeoutNanos;
    }

    /** Before the first handshake a session has no cipher suite. */
    private static boolean isShaken(SSLEngine engine) {
      return !"SSL_NULL_WITH_NULL_NULL".equals(engine.getSession().getCipherSuite());
    }
  }

  SlowConnections(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new Wait(System.nanoTime()));
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** A request of this connection has all of its headers. */
  void begin(Connection connection) {
    Wait wait = open.get(connection);
    if (wait != null) {
      wait.begin();
    }
  }

  /** It is answered. */
  void end(Connection connection) {
    Wait wait = open.get(connection);
    if (wait != null) {
      wait.end(connection.getBytesIn());
    }
  }

  /** Closes those that have taken too long; now and then. */
  void check() {
    long now = System.nanoTime();
    open.forEach(
        (connection, wait) -> {
          if (wait.isOver(connection, now, timeoutNanos)) {
            closed.increment();
            connection.getEndPoint().close();
          }
        });
  }

  /** Connections that were closed. */
  long closed() {
    return closed.sum();
  }
}
