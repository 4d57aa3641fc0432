package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import java.time.Duration;

/** A Cassandra that is killed, and keeps what it acknowledged. */
class CassandraFaultIT extends StoreFaultTest {

  CassandraFaultIT(Servers servers) {
    super(
        servers,
        "fault-cassandra",
        new CassandraDestination(servers.cassandra(), RecordKind.POINTS),
        killing(servers.cassandra()));
  }

  private static Outage killing(Cassandra cassandra) {
    return new Outage() {
      @Override
      public void begin() {
        cassandra.kill();
      }

      @Override
      public void end() {
        cassandra.restart();
      }
    };
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
