package io.datapoints.connect.kit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A Cassandra cluster of one node. */
public interface Cassandra extends Restartable {

  /** Where clients find it. */
  InetSocketAddress address();

  /** {@link #address()} as {@code host:port}. */
  default String contactPoint() {
    return address().getAddress().getHostAddress() + ":" + address().getPort();
  }

  /** The data centre its node belongs to. */
  String localDatacenter();

  /** A session that the caller closes, patient enough for a busy machine. */
  default CqlSession session() {
    Duration patience = Duration.ofMinutes(1);
    return CqlSession.builder()
        .addContactPoint(address())
        .withLocalDatacenter(localDatacenter())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, patience)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, patience)
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, patience)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, patience)
                .build())
        .build();
  }
}
