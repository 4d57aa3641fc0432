package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Store;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Flows, and stores for them. */
public final class TestFlows {

  /** The time of the record that carries a flow which does not care. */
  public static final long RECORD_TIME = TestStores.RECORD_TIME;

  public static final Conversation WEB = new Conversation("10.0.0.1", "10.0.0.2", "tcp");

  private TestFlows() {}

  public static Flow flow(long timestamp, int sourcePort, int destPort, double value) {
    return flow(WEB, timestamp, sourcePort, destPort, value, origin(0, RECORD_TIME));
  }

  public static Flow flow(
      Conversation conversation,
      long timestamp,
      int sourcePort,
      int destPort,
      double value,
      RecordOrigin origin) {
    return new Flow(conversation, sourcePort, destPort, timestamp, value, origin);
  }

  public static RecordOrigin origin(long offset, long recordTime) {
    return new RecordOrigin("flows", 0, offset, recordTime);
  }

  /** Writes flows to a store whose table has no buckets. */
  static List<Outcome> write(Store store, Flow... flows) {
    return write(store, Bucket.NONE, flows);
  }

  static List<Outcome> write(Store store, Bucket bucket, Flow... flows) {
    return TestStores.write(
        store, Stream.of(flows).map(flow -> flow.sample(bucket)).toArray(Sample[]::new));
  }

  /** A store for flows, by settings beside the layout. */
  static CassandraStore store(
      CassandraConfig connection, boolean createsSchema, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("layout", "flows");
    properties.put("cassandra.keyspace", connection.keyspace());
    CassandraSinkConfig config = CassandraSinkConfig.from(properties);
    return new CassandraStore(
        new CassandraSinkConfig(
            config.pipeline(),
            config.kairosIndex(),
            config.flowsTable(),
            connection,
            config.preflight()),
        "test-task",
        createsSchema,
        Clock.systemUTC());
  }
}
