package io.datapoints.connect.http.listener;

import io.datapoints.connect.config.door.ConnectionLimits;
import io.datapoints.connect.config.door.HttpConfig;
import io.datapoints.connect.config.door.ListenerConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.AcceptRateLimit;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server with the listeners that the settings name, its threads, and its limits. */
public final class Listeners implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  /**
   * Selectors accept. Threads that wait in accept would be interrupted at the end, and may by then
   * write an answer, which an interrupt cuts off.
   */
  private static final int ACCEPTORS = 0;

  private static final int MOST_SELECTORS = 4;

  private final HttpConfig config;
  private final @Nullable TlsFiles tls;
  private final int selectors =
      Math.max(1, Math.min(MOST_SELECTORS, Runtime.getRuntime().availableProcessors() / 2));
  private final QueuedThreadPool pool;
  private final Server server;
  private final NetworkConnectionLimit total;
  private final AddressLimit perAddress;
  private final SlowConnections slow;
  private final List<ServerConnector> connectors = new ArrayList<>();

  /**
   * Opens nothing yet.
   *
   * @param tls loaded; null without https listeners
   */
  public Listeners(HttpConfig config, @Nullable TlsFiles tls) {
    this.config = config;
    this.tls = tls;
    ConnectionLimits limits = config.limits();
    int own = config.listeners().size() * (ACCEPTORS + selectors);
    this.pool = DoorThreads.pool(own);
    this.server = new Server(pool);
    this.total = new NetworkConnectionLimit(limits.total(), server);
    this.perAddress = new AddressLimit(limits.perAddress());
    this.slow = new SlowConnections(limits.headerTimeout().toNanos());
  }

  /**
   * Opens them.
   *
   * @param errors answers what never became a request
   * @throws ConfigException naming the property, if one cannot be opened; then none is
   */
  public void open(Handler handler, Request.Handler errors, RequestLog requests) {
    server.setHandler(handler);
    server.setErrorHandler(errors);
    server.setRequestLog(
        (request, response) -> {
          slow.end(request.getConnectionMetaData().getConnection());
          requests.log(request, response);
        });
    try {
      DoorThreads.inContext(this::start);
    } catch (ConfigException e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new ConfigException(HttpConfig.LISTENERS + ": the server does not start: " + e);
    }
  }

  private void start() throws Exception {
    for (ListenerConfig listener : config.listeners()) {
      ServerConnector connector = connector(listener);
      connectors.add(connector);
      server.addConnector(connector);
      try {
        connector.open();
      } catch (IOException | RuntimeException e) {
        throw new ConfigException(
            "%s: cannot listen on %s: %s"
                .formatted(HttpConfig.LISTENERS, listener.address(listener.port()), reason(e)));
      }
    }
    server.addBean(total);
    int accepts = config.limits().acceptsPerSecond();
    if (accepts > 0) {
      server.addBean(new AcceptRateLimit(accepts, 1, TimeUnit.SECONDS, server));
    }
    server.start();
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private ServerConnector connector(ListenerConfig listener) {
    HttpConnectionFactory http = new HttpConnectionFactory(httpConfiguration());
    TlsFiles files = listener.secure() ? tls : null;
    ConnectionFactory[] factories =
        files == null
            ? new ConnectionFactory[] {http}
            : new ConnectionFactory[] {
              new SslConnectionFactory(files.factory(), http.getProtocol()), http
            };
    ServerConnector connector =
        new ServerConnector(server, null, null, null, ACCEPTORS, selectors, factories);
    connector.setHost(listener.host());
    connector.setPort(listener.port());
    long idle = config.limits().idleTimeout().toMillis();
    connector.setIdleTimeout(idle);
    // While the door closes, its own bound decides how long connections live.
    connector.setShutdownIdleTimeout(idle);
    connector.addEventListener(perAddress);
    connector.addEventListener(slow);
    if (files != null) {
      connector.addBean(files, false);
    }
    return connector;
  }

  private HttpConfiguration httpConfiguration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(config.limits().headerBytes());
    // What is known of headers would otherwise come in Jetty's own spelling, as gzip for GZIP.
    http.setHeaderCacheCaseSensitive(true);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setUriCompliance(UriCompliance.RFC3986);
    // Jetty's own would refuse hosts that are not in the certificate, such as addresses of probes.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return http;
  }

  /** Where they listen, with the ports that they really have. */
  public List<URI> addresses() {
    List<URI> addresses = new ArrayList<>();
    for (int i = 0; i < connectors.size(); i++) {
      addresses.add(config.listeners().get(i).address(connectors.get(i).getLocalPort()));
    }
    return addresses;
  }

  /** A request of this connection has all of its headers. */
  public void begin(Connection connection) {
    slow.begin(connection);
  }

  /** Looks after connections that take too long; now and then. */
  public void check() {
    slow.check();
  }

  /** Runs something on the pool, if it takes anything. */
  public void execute(Runnable work) {
    try {
      pool.execute(work);
    } catch (RejectedExecutionException full) {
      log.debug("The pool of the door is full", full);
    }
  }

  /** Connections that are open. */
  public int connections() {
    return total.getNetworkConnectionCount();
  }

  /** How many those may be. */
  public int maxConnections() {
    return total.getMaxNetworkConnectionCount();
  }

  /** Connections that were closed since their address had too many. */
  public long refusedConnections() {
    return perAddress.refused();
  }

  /** Connections that were closed since their handshake or headers took too long. */
  public long slowConnections() {
    return slow.closed();
  }

  /** Takes no more connections; those that are open stay. */
  public void stopAccepting() {
    for (ServerConnector connector : connectors) {
      // It ends with the last connection, which the door does not wait for here.
      Future<?> unused = connector.shutdown();
    }
  }

  /** Closes all connections, and ends the threads. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("The listeners of the door did not close as they should: {}", e.toString());
    }
    connectors.forEach(ServerConnector::close);
  }
}
