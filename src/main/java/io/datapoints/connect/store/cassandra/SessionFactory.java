package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.tls.TlsContext;
import io.datapoints.connect.tls.TlsException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Connects to the cluster. A session that could not be made ready has been closed again. */
final class SessionFactory {

  /**
   * Has the name of an address looked up before it is compared with a certificate. The driver does
   * that by default; but then whoever answers the lookup decides which name has to match.
   */
  private static final String REVERSE_LOOKUP =
      "advanced.ssl-engine-factory.allow-dns-reverse-lookup-san";

  private final CassandraConfig config;
  private final String taskName;
  private final List<String> keyspaces;

  /** Used on the thread that connects; whether the files of TLS could be read in an attempt. */
  private boolean filesWereSound;

  SessionFactory(CassandraConfig config, String taskName) {
    this(config, taskName, List.of(config.keyspace()));
  }

  /**
   * @param keyspaces those whose requests go straight to a replica; empty for all
   */
  SessionFactory(CassandraConfig config, String taskName, List<String> keyspaces) {
    this.config = config;
    this.taskName = taskName;
    this.keyspaces = keyspaces;
  }

  /**
   * A session without a keyspace of its own, since the keyspace may have to be created.
   *
   * @throws RuntimeException for settings that the driver does not take
   */
  CompletionStage<CqlSession> connect() {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withClassLoader(SessionFactory.class.getClassLoader())
            .withConfigLoader(DriverConfiguration.of(config, taskName, keyspaces))
            .withApplicationName(taskName);
    for (String contactPoint : config.contactPoints()) {
      builder.addContactPoint(address(contactPoint));
    }
    String username = config.username();
    Password password = config.password();
    if (username != null && password != null) {
      builder.withAuthCredentials(username, password.value());
    }
    TlsConfig tls = config.tls();
    if (tls != null) {
      builder.withSslEngineFactory(encryption(tls));
    }
    return builder.buildAsync().handle(this::connected).thenApply(this::inLocalDatacenter);
  }

  /** What kept the driver from connecting is told by the settings to look at. */
  private CqlSession connected(@Nullable CqlSession session, @Nullable Throwable error) {
    if (session == null) {
      throw Failures.ofConnecting(
          Objects.requireNonNullElseGet(error, IllegalStateException::new), config);
    }
    return session;
  }

  /**
   * Read anew for each attempt, so that files that are renewed in an outage are picked up. Files
   * that were sound before may be half written: they are waited for.
   */
  SslEngineFactory encryption(TlsConfig settings) {
    try {
      SSLContext context = TlsContext.of(settings);
      filesWereSound = true;
      return new ProgrammaticSslEngineFactory(
          context,
          null,
          settings.hostnameValidation(),
          Boolean.parseBoolean(config.driverOptions().get(REVERSE_LOOKUP)));
    } catch (TlsException e) {
      String message = String.valueOf(e.getMessage());
      throw filesWereSound
          ? StoreException.retry(Cause.CONNECTION, message, e)
          : StoreException.misconfigured(e.setting(), message, e);
    }
  }

  /**
   * The address of {@code host:port}, left unresolved: a name is looked up whenever the driver
   * connects, so a lookup neither blocks the task thread nor outlives a change in the DNS.
   */
  static InetSocketAddress address(String contactPoint) {
    int colon = contactPoint.lastIndexOf(':');
    if (colon < 1) {
      throw StoreException.fatal("contact point " + contactPoint + " is not host:port");
    }
    String host = contactPoint.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return InetSocketAddress.createUnresolved(
          host, Integer.parseInt(contactPoint.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw StoreException.fatal("contact point " + contactPoint + " is not host:port", e);
    }
  }

  /** A session whose data centre does not exist would answer every request with "no node". */
  private CqlSession inLocalDatacenter(CqlSession session) {
    TreeSet<String> seen =
        session.getMetadata().getNodes().values().stream()
            .map(Node::getDatacenter)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!seen.contains(config.localDatacenter())) {
      session.forceCloseAsync();
      throw StoreException.misconfigured(
          CassandraConfig.LOCAL_DATACENTER,
          "no node is in the data centre "
              + config.localDatacenter()
              + "; the cluster has "
              + String.join(", ", seen));
    }
    return session;
  }
}
