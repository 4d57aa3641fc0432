package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestStores.open;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static io.datapoints.connect.store.cassandra.TestStores.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real server refuses, and what becomes of it. */
@ExtendWith(ServersExtension.class)
class CassandraRefusalIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;

  private final Servers servers;

  CassandraRefusalIT(Servers servers) {
    this.servers = servers;
  }

  @Test
  void whatIsTooLargeForTheServerIsRefusedWithItsReason() {
    Series series = series("large", "host", "a");
    // A mutation may have half a segment of the commit log.
    try (CassandraNode node =
            servers.ownCassandra(
                CassandraNode.Profile.TEST,
                Map.of(
                    "commitlog_segment_size",
                    "4MiB",
                    "native_transport_max_message_size",
                    "8MiB"));
        CassandraStore store = TestStores.creating(node, "refusal_size")) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, large(series, 1))).containsExactly(DURABLE);
      assertThat(refusal(write(store, large(series, 3)))).contains("oversized mutation");
      assertThat(refusal(write(store, large(series, 10)))).contains("CQL Message of size");
      assertThat(write(store, point(series, 7, 1))).containsExactly(DURABLE);
    }
  }

  @Test
  void thePointIsNotWrittenWhenItsIndexCannotBe() {
    Series series = series("lost", "host", "a");
    Cassandra cassandra = servers.cassandra();
    try (CassandraStore store = TestStores.creating(cassandra, "refusal_index");
        CqlSession session = cassandra.session()) {
      assertThat(open(store)).isEqualTo(DURABLE);
      session.execute("DROP TABLE refusal_index.row_keys");
      List<Outcome> outcomes = write(store, point(series, 0, 1));
      assertThat(outcomes).hasOnlyElementsOfType(Outcome.Fatal.class);
      assertThat(((Outcome.Fatal) outcomes.get(0)).reason()).contains("refusal_index.row_keys");
      assertThat(session.execute("SELECT * FROM refusal_index.data_points").all()).isEmpty();
    }
  }

  private static String refusal(List<Outcome> outcomes) {
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Refused.class);
    return ((Outcome.Refused) outcomes.get(0)).reason();
  }

  private static DataPoint large(Series series, int megabytes) {
    return point(
        series, 0, new Value.BinaryValue(new byte[megabytes << 20]), 0, RECORD_TIME + megabytes);
  }
}
