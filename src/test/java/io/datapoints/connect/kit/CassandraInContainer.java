package io.datapoints.connect.kit;

import java.net.InetSocketAddress;
import org.testcontainers.cassandra.CassandraContainer;

/** Cassandra 5.0 from its official image. */
final class CassandraInContainer extends InContainer<CassandraContainer> implements Cassandra {

  @Override
  CassandraContainer create() {
    return new CassandraContainer("cassandra:5.0.8");
  }

  @Override
  public InetSocketAddress address() {
    return container().getContactPoint();
  }

  @Override
  public String localDatacenter() {
    return container().getLocalDatacenter();
  }
}
