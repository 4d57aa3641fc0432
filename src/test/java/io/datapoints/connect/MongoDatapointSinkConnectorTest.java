package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.FreePorts;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class MongoDatapointSinkConnectorTest {

  private final MongoDatapointSinkConnector connector = new MongoDatapointSinkConnector();

  @Test
  void aStoreThatIsAwayDoesNotKeepAConnectorFromBeingCreated() {
    Map<String, String> properties =
        Map.of(
            "mongodb.uri",
            "mongodb://127.0.0.1:" + new FreePorts().next(),
            "mongodb.operation.timeout.ms",
            "100");
    assertThat(connector.validate(properties).configValues())
        .flatMap(ConfigValue::errorMessages)
        .isEmpty();
  }

  @Test
  void validationAsksTheStoreUnlessTheUserDoesNotWantThat() {
    // The driver does not take this address, which shows without any server.
    Map<String, String> properties =
        new HashMap<>(Map.of("mongodb.uri", "mongodb://me:s3c/ret@127.0.0.1/"));
    assertThat(connector.validate(properties).configValues())
        .filteredOn(value -> !value.errorMessages().isEmpty())
        .singleElement()
        .satisfies(
            value -> {
              assertThat(value.name()).isEqualTo("mongodb.uri");
              assertThat(value.errorMessages().toString()).doesNotContain("s3c", "ret@");
            });

    properties.put("validate.connect", "false");
    assertThat(connector.validate(properties).configValues())
        .flatMap(ConfigValue::errorMessages)
        .isEmpty();
  }
}
