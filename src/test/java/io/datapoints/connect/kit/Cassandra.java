package io.datapoints.connect.kit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A Cassandra cluster. */
public interface Cassandra extends Restartable {

  /** Where clients find it. */
  InetSocketAddress address();

  /** {@link #address()} as {@code host:port}, or several of them separated by commas. */
  default String contactPoint() {
    return address().getAddress().getHostAddress() + ":" + address().getPort();
  }

  /** The data centre its nodes belong to. */
  String localDatacenter();

  /** A session in the making, with all the contact points there are. */
  default CqlSessionBuilder sessionBuilder() {
    return CqlSession.builder().addContactPoint(address());
  }

  /**
   * A session that the caller closes, {@link #patient} and reading at a quorum what was
   * acknowledged.
   */
  default CqlSession session() {
    return sessionBuilder()
        .withLocalDatacenter(localDatacenter())
        .withConfigLoader(patient())
        .build();
  }

  /** Settings of a driver that is patient enough for a busy machine. */
  static DriverConfigLoader patient() {
    Duration patience = Duration.ofMinutes(1);
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, patience)
        // A page of many small partitions takes a server as long as one of few large ones.
        .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, 1_000)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, patience)
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, patience)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, patience)
        // By default a session that is closed waits two seconds for tasks that come late.
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        .build();
  }
}
