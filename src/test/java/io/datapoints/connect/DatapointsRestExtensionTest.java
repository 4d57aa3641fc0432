package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.junit.jupiter.api.Test;

/** The door's face to a worker. */
class DatapointsRestExtensionTest {

  /** The door asks its worker for nothing. */
  private static final ConnectRestExtensionContext CONTEXT =
      (ConnectRestExtensionContext)
          Proxy.newProxyInstance(
              DatapointsRestExtensionTest.class.getClassLoader(),
              new Class<?>[] {ConnectRestExtensionContext.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private static Map<String, String> worker(int port) {
    Map<String, String> worker = new HashMap<>();
    worker.put("bootstrap.servers", "127.0.0.1:1");
    worker.put("datapoints.http.listeners", "http://127.0.0.1:" + port);
    worker.put("datapoints.http.topic", "metrics");
    return worker;
  }

  /** Of this door alone, in whatever order tests run. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("datapoints-"))
        .collect(Collectors.toSet());
  }

  @Test
  void isMadeAndClosedOnWorkersThatDoNotNameIt() {
    Set<String> before = threads();
    DatapointsRestExtension extension = new DatapointsRestExtension();
    assertThat(extension.version()).isNotBlank();
    assertThat(threads()).isEqualTo(before);
    extension.close();
  }

  @Test
  void aWrongSettingSaysHowToRunWithoutTheDoor() {
    Map<String, String> worker = worker(0);
    worker.remove("datapoints.http.topic");
    try (DatapointsRestExtension extension = new DatapointsRestExtension()) {
      assertThatThrownBy(() -> extension.configure(worker))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("The door cannot start: ")
          .hasMessageContaining("datapoints.http.topic")
          .hasMessageEndingWith(
              "take io.datapoints.connect.DatapointsRestExtension out of rest.extension.classes to"
                  + " run the worker without the door");
    }
  }

  @Test
  void configuringOpensNothing() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatapointsRestExtension extension = new DatapointsRestExtension()) {
      extension.configure(worker(taken.getLocalPort()));
    }
  }

  @Test
  void aTakenPortIsAFailureThatLeavesNothingOpen() throws IOException {
    Set<String> before = threads();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatapointsRestExtension extension = new DatapointsRestExtension()) {
      extension.configure(worker(taken.getLocalPort()));
      assertThatThrownBy(() -> extension.register(CONTEXT))
          .isInstanceOf(ConnectException.class)
          .hasMessageStartingWith("The door cannot start: ")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
    assertThat(threads()).isEqualTo(before);
  }

  @Test
  void opensWithoutWaitingForKafkaAndClosesForGood() {
    Set<String> before = threads();
    DatapointsRestExtension extension = new DatapointsRestExtension();
    extension.configure(worker(0));
    extension.register(CONTEXT);
    assertThat(threads()).hasSizeGreaterThan(before.size());
    extension.close();
    extension.close();
    assertThat(threads()).isEqualTo(before);
  }
}
