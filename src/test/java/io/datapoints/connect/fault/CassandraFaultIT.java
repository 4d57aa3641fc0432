package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import java.time.Duration;

/** A Cassandra that is killed, and keeps what it acknowledged. */
class CassandraFaultIT extends StoreFaultTest {

  private final Cassandra cassandra;

  CassandraFaultIT(Servers servers) {
    super(servers, "fault-cassandra");
    this.cassandra = servers.cassandra();
  }

  @Override
  Destination destination() {
    return new CassandraDestination(cassandra, RecordKind.POINTS);
  }

  @Override
  Outage outage() {
    return Outage.of(cassandra::kill, cassandra::restart);
  }

  @Override
  Duration longOutage() {
    return Duration.ofMinutes(1);
  }

  @Override
  int longOutageRecords() {
    return 600_000;
  }
}
