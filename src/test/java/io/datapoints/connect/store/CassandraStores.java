package io.datapoints.connect.store;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.store.cassandra.CassandraStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Stores on one keyspace. */
record CassandraStores(Cassandra node, String keyspace) implements Stores {

  @Override
  public Store store(TcpProxy proxy, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("cassandra.contact.points", proxy.contactPoint());
    all.put("cassandra.local.datacenter", node.localDatacenter());
    all.put("cassandra.keyspace", keyspace);
    return new CassandraStore(CassandraSinkConfig.from(all), "contract", true, Clock.systemUTC());
  }

  @Override
  public MappingConfig mapping(Map<String, String> settings) {
    return CassandraSinkConfig.from(settings).pipeline().mapping();
  }

  @Override
  public int largestBatch() {
    return CassandraSinkConfig.from(Map.of()).pipeline().batching().maxRows();
  }
}
