package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A setting of Cassandra that makes it refuse every statement is changed under load. */
@FaultSuite
@SuiteOnly
class GuardrailFaultIT {

  private static final String NAME = "fault-guardrail";
  private static final String ROLE = "writer";
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Servers servers;
  @AutoClose private final CassandraNode cassandra;

  GuardrailFaultIT(Servers servers) {
    this.servers = servers;
    this.cassandra =
        servers.ownCassandra(
            CassandraNode.Profile.TEST, Map.of("authenticator", "PasswordAuthenticator"));
    // The node makes its first role some seconds after it accepts clients.
    Await.until("a role", BOUND, this::makesRole);
  }

  private boolean makesRole() {
    try (CqlSession session = cassandra.session()) {
      session.execute(
          "CREATE ROLE IF NOT EXISTS %s WITH PASSWORD = '%s' AND LOGIN = true"
              .formatted(ROLE, ROLE));
      return true;
    } catch (DriverException tooEarly) {
      return false;
    }
  }

  /** Each of the connector's statements has a write time of its own. */
  @Test
  void aGuardrailAgainstEveryStatementIsWaitedFor() throws Exception {
    Destination destination = new CassandraDestination(cassandra, RecordKind.FLOWS);
    try (ConnectWorker worker = Scenario.worker(servers, NAME, "512m");
        Scenario scenario = new Scenario(servers, worker, destination, NAME)) {
      Map<String, String> config = scenario.impatientConfig();
      config.put("cassandra.username", ROLE);
      config.put("cassandra.password", ROLE);
      scenario.deploy(config);
      try (Load load = scenario.load(2_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 5_000);
        scenario.during(
            Outage.of(() -> userTimestamps(false), () -> userTimestamps(true)),
            () -> {
              // Longer than a row that is at fault by itself takes to be found out.
              scenario.awaitUnwritten(Duration.ofSeconds(45));
              assertThat(scenario.states()).containsOnly("RUNNING");
            });
        scenario.awaitRecovery();
        assertThat(Files.readString(worker.process().log()))
            .contains("The store has declined a row", "Guardrail user_timestamps violated");
        scenario.judge(load.end());
      }
    }
  }

  private void userTimestamps(boolean enabled) {
    try {
      cassandra.userTimestamps(enabled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
