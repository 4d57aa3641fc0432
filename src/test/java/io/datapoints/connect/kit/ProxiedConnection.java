package io.datapoints.connect.kit;

import io.datapoints.connect.kit.TcpProxy.Mode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A client and the server behind a {@link TcpProxy}, and what passes between them. */
final class ProxiedConnection {

  private static final long MODE_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final TcpProxy proxy;
  private final Socket client;
  private final Socket server = new Socket();

  ProxiedConnection(TcpProxy proxy, Socket client) {
    this.proxy = proxy;
    this.client = client;
  }

  /** Carries the requests, on the caller's thread, until the connection ends. */
  void run(InetSocketAddress target) {
    try {
      if (awaitPassage(false)) {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        server.connect(target);
        if (proxy.mode() == Mode.HALF_CLOSE) {
          client.shutdownOutput();
        }
        Thread unused = proxy.daemon("answer", () -> pump(server, client, true));
        pump(client, server, false);
        return;
      }
    } catch (IOException e) {
      // The target refuses: so does this.
      reset();
      return;
    }
    end();
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[64 * 1024];
    try {
      OutputStream out = to.getOutputStream();
      for (int read = from.getInputStream().read(buffer);
          read >= 0;
          read = from.getInputStream().read(buffer)) {
        hold();
        if (!awaitPassage(answers)) {
          break;
        }
        if (answers && proxy.mode() == Mode.CUT_ANSWERS) {
          out.write(buffer, 0, read / 2);
          reset();
          return;
        }
        pass(buffer, read, out, answers);
      }
    } catch (IOException e) {
      // One side is gone, so the other one goes too.
      reset();
      return;
    }
    end();
  }

  private void hold() {
    long until = System.nanoTime() + proxy.delayNanos();
    for (long left = proxy.delayNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void pass(byte[] piece, int length, OutputStream out, boolean answers)
      throws IOException {
    if (answers && client.isOutputShutdown()) {
      return;
    }
    int passed = 0;
    while (passed < length && proxy.mode() == Mode.DRIBBLE) {
      out.write(piece, passed++, 1);
    }
    out.write(piece, passed, length - passed);
  }

  /** Returns when traffic may pass, or false when this connection is over. */
  private boolean awaitPassage(boolean answers) {
    while (!proxy.closed() && heldBack(answers)) {
      LockSupport.parkNanos(MODE_CHECK_NANOS);
    }
    return !proxy.closed() && proxy.mode() != Mode.REFUSE && proxy.mode() != Mode.RESET;
  }

  private boolean heldBack(boolean answers) {
    return proxy.mode() == Mode.BLACK_HOLE || (answers && proxy.mode() == Mode.SWALLOW_ANSWERS);
  }

  /** The client finds the end of the answers, and may go on sending. */
  void endAnswers() {
    try {
      if (!client.isClosed() && !client.isOutputShutdown()) {
        client.shutdownOutput();
      }
    } catch (IOException e) {
      // It is gone already.
      reset();
    }
  }

  private void end() {
    close(client);
    close(server);
    proxy.ended(this);
  }

  /** Closes with a reset instead of an orderly end. */
  void reset() {
    abortive(client);
    abortive(server);
    end();
  }

  private static void abortive(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // It is closed already; closing it again does no harm.
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
