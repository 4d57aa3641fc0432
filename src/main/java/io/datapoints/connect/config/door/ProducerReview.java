package io.datapoints.connect.config.door;

import io.datapoints.connect.config.UnknownSettings;
import io.datapoints.connect.config.setting.Review;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Checks what {@code datapoints.http.producer.*} says: names and values as Kafka has them, and
 * nothing that would make 204 mean less.
 */
final class ProducerReview {

  private static final Map<String, List<String>> FIXED =
      Map.of("acks", List.of("all", "-1"), "enable.idempotence", List.of("true"));

  private static final Map<String, String> ABSENT =
      Map.of(
          "key.serializer", "keys are written as the bytes that they are",
          "value.serializer", "values are written as the bytes that they are",
          "transactional.id", "each request is acknowledged by itself, without a transaction");

  /** Mechanisms of authentication bring settings of their own. */
  private static final List<String> OPEN =
      List.of("security.", "sasl.", "ssl.", "metrics.context.");

  private ProducerReview() {}

  /** Adds an error, on its full name, for each setting that is wrong. */
  static void review(ClientSettings own, Review review) {
    own.values().forEach((name, value) -> review(name, value, review));
    ProducerConfig.configDef().validate(own.values()).stream()
        .filter(each -> own.values().containsKey(each.name()))
        .forEach(
            each ->
                each.errorMessages()
                    .forEach(
                        text ->
                            review.error(
                                LogConfig.PRODUCER + each.name(),
                                LogConfig.PRODUCER + each.name() + ": " + text)));
  }

  private static void review(String name, String value, Review review) {
    String key = LogConfig.PRODUCER + name;
    List<String> fixed = FIXED.get(name);
    String why = ABSENT.get(name);
    if (fixed != null && fixed.stream().noneMatch(value.strip()::equalsIgnoreCase)) {
      review.error(
          key,
          key
              + " can only be "
              + fixed.get(0)
              + ": 204 says that every in-sync replica has the points");
    } else if (why != null) {
      review.error(key, key + " cannot be set: " + why);
    } else if (!ProducerConfig.configNames().contains(name)
        && OPEN.stream().noneMatch(name::startsWith)) {
      review.error(
          key,
          LogConfig.PRODUCER
              + UnknownSettings.message(name, ProducerConfig.configNames(), "Kafka's producer"));
    }
  }
}
