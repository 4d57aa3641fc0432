package io.datapoints.connect.http.listener;

import io.datapoints.connect.config.door.ListenerTlsConfig;
import io.datapoints.connect.tls.ServerTls;
import io.datapoints.connect.tls.TlsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Certificate, key and authorities of the https listeners, read again when their files change.
 * Connections that are open keep what they began with.
 */
public final class TlsFiles implements SslHandshakeListener {

  private final ListenerTlsConfig config;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private final LongAdder failedHandshakes = new LongAdder();
  private volatile Instant expires = Instant.MIN;

  /** Reads nothing yet. */
  public TlsFiles(ListenerTlsConfig config) {
    this.config = config;
    factory.setRenegotiationAllowed(false);
    switch (config.clientCertificates()) {
      case NONE -> {}
      case REQUESTED -> factory.setWantClientAuth(true);
      case REQUIRED -> factory.setNeedClientAuth(true);
    }
  }

  /** The files to watch. */
  public List<Path> paths() {
    return config.paths();
  }

  /**
   * Reads the files and takes them for new connections. Blocks.
   *
   * @throws ConfigException naming the property at fault; then all stays as it was
   */
  public void load() {
    try {
      ServerTls read = ServerTls.of(config.files());
      if (factory.isRunning()) {
        factory.reload(running -> running.setSslContext(read.context()));
      } else {
        factory.setSslContext(read.context());
      }
      expires = read.expires();
    } catch (TlsException e) {
      throw new ConfigException(e.getMessage());
    } catch (Exception e) {
      throw new ConfigException(
          "the files of " + config.files().prefix() + "* make no TLS context: " + e);
    }
  }

  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    failedHandshakes.increment();
  }

  /** Handshakes that failed. */
  public long failedHandshakes() {
    return failedHandshakes.sum();
  }

  /** Days until the first certificate of the chain ends to be valid; negative afterwards. */
  public double daysLeft() {
    return Duration.between(Instant.now(), expires).toSeconds()
        / (double) Duration.ofDays(1).toSeconds();
  }

  SslContextFactory.Server factory() {
    return factory;
  }
}
