package io.datapoints.connect.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class RegistrationTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final AtomicLong nanoTime = new AtomicLong(5);
  private final SinkMetrics metrics = new SinkMetrics(nanoTime::get);

  @Test
  void theFiguresOfATaskCanBeReadWhileItIsRegistered() throws Exception {
    ObjectName name =
        new ObjectName("io.datapoints.connect:type=sink-task-metrics,connector=c,task=1");
    try (Registration registration = Registration.of(metrics, "c", "1")) {
      metrics.received(3);
      metrics.written(7);
      assertThat(server.getAttribute(name, "RecordsReceived")).isEqualTo(3L);
      assertThat(server.getAttribute(name, "RowsWritten")).isEqualTo(7L);
      assertThat(registration).isNotNull();
    }
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void aSuccessorTakesTheNameOverAndKeepsIt() throws Exception {
    ObjectName name =
        new ObjectName("io.datapoints.connect:type=sink-task-metrics,connector=\"a b\",task=0");
    Registration zombie = Registration.of(metrics, "a b", "0");
    SinkMetrics later = new SinkMetrics(nanoTime::get);
    while (later.getStartTimeMs() == metrics.getStartTimeMs()) {
      later = new SinkMetrics(nanoTime::get);
    }
    later.received(9);
    try (Registration successor = Registration.of(later, "a b", "0")) {
      zombie.close();
      assertThat(server.getAttribute(name, "RecordsReceived")).isEqualTo(9L);
      assertThat(successor).isNotNull();
    }
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void theLengthOfAnOutageIsCountedFromItsFirstFailure() {
    assertThat(metrics.getStoreUnavailableMs()).isZero();
    metrics.attemptFailed();
    nanoTime.addAndGet(2_000_000_000L);
    metrics.attemptFailed();
    assertThat(metrics.getStoreUnavailableMs()).isEqualTo(2_000);
    metrics.answered();
    assertThat(metrics.getStoreUnavailableMs()).isZero();
  }
}
