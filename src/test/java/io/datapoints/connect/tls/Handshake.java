package io.datapoints.connect.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A client and a server of the JDK that shake hands over the loopback address. */
final class Handshake {

  /** The JDK's own loopback address knows that it is also called localhost. */
  private static final String HOST = "127.0.0.1";

  private static final int BOUND_MS = 30_000;

  private Handshake() {}

  /**
   * What the client meets, if anything.
   *
   * @param mutual whether the server insists on a certificate of the client
   */
  static Optional<IOException> between(SSLContext client, SSLContext server, boolean mutual)
      throws Exception {
    return between(client, HOST, server, mutual);
  }

  /** The same to a server that is reached by this name or address. */
  static Optional<IOException> between(
      SSLContext client, String host, SSLContext server, boolean mutual) throws Exception {
    try (SSLServerSocket listener =
        (SSLServerSocket)
            server
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(BOUND_MS);
      listener.setNeedClientAuth(mutual);
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answer(listener));
      Optional<IOException> met = greet(client, host, listener.getLocalPort());
      answered.get(BOUND_MS, TimeUnit.MILLISECONDS);
      return met;
    }
  }

  private static void answer(SSLServerSocket listener) {
    try (SSLSocket socket = (SSLSocket) listener.accept()) {
      socket.setSoTimeout(BOUND_MS);
      socket.getOutputStream().write(1);
      int unused = socket.getInputStream().read();
    } catch (IOException e) {
      // The client tells what it met; the server's view of it is not asked for.
      return;
    }
  }

  private static Optional<IOException> greet(SSLContext context, String host, int port) {
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(host, port)) {
      socket.setSoTimeout(BOUND_MS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      if (socket.getInputStream().read() != 1) {
        throw new IOException("no answer");
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }
}
