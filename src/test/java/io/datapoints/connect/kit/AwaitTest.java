package io.datapoints.connect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

  @Test
  void returnsTheValueOnceThereIsOne() {
    AtomicInteger attempts = new AtomicInteger();
    int value =
        Await.value(
            "the third attempt",
            Duration.ofSeconds(30),
            () -> Optional.of(attempts.incrementAndGet()).filter(each -> each == 3));
    assertThat(value).isEqualTo(3);
  }

  @Test
  void saysWhatItWaitedForAndWhyTheLastAttemptFailed() {
    IOException reason = new IOException("nobody there");
    assertThatThrownBy(
            () ->
                Await.until(
                    "an answer",
                    Duration.ZERO,
                    () -> {
                      throw reason;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("gave up waiting for an answer after 0 ms")
        .hasCause(reason);
  }
}
