package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import io.datapoints.connect.config.CassandraConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.types.Password;

/** Connects to the cluster. A session that could not be made ready has been closed again. */
final class SessionFactory {

  private final CassandraConfig config;
  private final String taskName;
  private final List<String> keyspaces;

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
    CassandraConfig.Ssl ssl = config.ssl();
    if (ssl != null) {
      builder.withSslEngineFactory(
          new ProgrammaticSslEngineFactory(TlsContext.of(ssl), null, ssl.hostnameValidation()));
    }
    return builder.buildAsync().thenApply(this::inLocalDatacenter);
  }

  /**
   * The address of {@code host:port}, left unresolved: a name is looked up whenever the driver
   * connects, so a lookup neither blocks the task thread nor outlives a change in the DNS.
   */
  static InetSocketAddress address(String contactPoint) {
    int colon = contactPoint.lastIndexOf(':');
    if (colon < 1) {
      throw OpenException.fatal("contact point " + contactPoint + " is not host:port");
    }
    String host = contactPoint.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return InetSocketAddress.createUnresolved(
          host, Integer.parseInt(contactPoint.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw OpenException.fatal("contact point " + contactPoint + " is not host:port", e);
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
      throw OpenException.misconfigured(
          CassandraConfig.LOCAL_DATACENTER,
          "no node is in the data centre "
              + config.localDatacenter()
              + "; the cluster has "
              + String.join(", ", seen));
    }
    return session;
  }
}
