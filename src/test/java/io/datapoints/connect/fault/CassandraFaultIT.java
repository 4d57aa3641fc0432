package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Restartable;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * A Cassandra that is killed, and keeps what it acknowledged. What is for the suite only here, each
 * build sees with MongoDB.
 */
class CassandraFaultIT extends StoreFaultTest {

  private final Cassandra cassandra;
  @AutoClose private final TcpProxy proxy;

  CassandraFaultIT(Servers servers) {
    super(servers, "fault-cassandra");
    this.cassandra = servers.cassandra();
    this.proxy = new TcpProxy(cassandra.address(), servers.ports());
  }

  @Override
  Destination destination() {
    return new CassandraDestination(cassandra, RecordKind.POINTS);
  }

  @Override
  Destination behindNetwork() {
    return new CassandraDestination(cassandra, proxy.contactPoint(), RecordKind.POINTS);
  }

  @Override
  TcpProxy proxy() {
    return proxy;
  }

  @Override
  Restartable server() {
    return cassandra;
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

  @SuiteOnly
  @Test
  @Override
  void oneBadRecordInTwentyThousandStopsNothing() throws Exception {
    super.oneBadRecordInTwentyThousandStopsNothing();
  }

  @SuiteOnly
  @Test
  @Override
  void aTopicOfNothingButBadRecordsComesToItsEnd() throws Exception {
    super.aTopicOfNothingButBadRecordsComesToItsEnd();
  }

  @SuiteOnly
  @Test
  @Override
  void theStoreIsAbsentWhenTheConnectorStarts() throws Exception {
    super.theStoreIsAbsentWhenTheConnectorStarts();
  }
}
