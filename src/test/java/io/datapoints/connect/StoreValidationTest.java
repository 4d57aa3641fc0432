package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.store.StoreValidator;
import io.datapoints.connect.store.ValidationResult;
import io.datapoints.connect.store.ValidationResult.SettingError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

/** What becomes of the findings of a store, and of their absence. */
class StoreValidationTest {

  private final CompletableFuture<List<ValidationResult>> findings = new CompletableFuture<>();
  private boolean closed;

  @Test
  void complaintsStandOnTheirSettings() {
    findings.complete(
        List.of(
            SettingError.of("a", "is wrong"),
            SettingError.of("a", "a is wrong twice"),
            SettingError.of("topic.t.k.t.mapping", "has a name of the user's")));
    assertThat(errors())
        .isEqualTo(
            Map.of(
                "a", List.of("a: is wrong", "a is wrong twice"),
                "b", List.of(),
                "topic.t.k.t.mapping", List.of("topic.t.k.t.mapping: has a name of the user's")));
    assertThat(closed).isTrue();
  }

  @Test
  void whatCannotBeSeenIsNoError() {
    findings.complete(
        List.of(new ValidationResult.Unknown("nobody there"), SettingError.of("b", "is wrong")));
    assertThat(errors()).isEqualTo(Map.of("a", List.of(), "b", List.of("b: is wrong")));
  }

  @Test
  void aStoreThatDoesNotAnswerIsLetGoOf() {
    assertThat(errors()).isEqualTo(Map.of("a", List.of(), "b", List.of()));
    assertThat(closed).isTrue();
  }

  @Test
  void aBugIsNoReasonToRefuseAnything() {
    findings.completeExceptionally(new IllegalStateException("a bug"));
    assertThat(errors()).isEqualTo(Map.of("a", List.of(), "b", List.of()));
    assertThat(closed).isTrue();
  }

  @Test
  void whoeverInterruptsIsHeard() {
    Thread.currentThread().interrupt();
    assertThat(errors()).isEqualTo(Map.of("a", List.of(), "b", List.of()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).isTrue();
  }

  private Map<String, List<String>> errors() {
    StoreValidator validator =
        new StoreValidator() {
          @Override
          public CompletionStage<List<ValidationResult>> validate() {
            return findings;
          }

          @Override
          public void close() {
            closed = true;
          }
        };
    return new StoreValidation("c", Duration.ofMillis(50))
        .validated(List.of(new ConfigValue("a"), new ConfigValue("b")), validator).stream()
            .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
  }
}
