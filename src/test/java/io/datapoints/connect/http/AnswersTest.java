package io.datapoints.connect.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.door.AnswerConfig;
import io.datapoints.connect.intake.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private final Answers answers = new Answers(new AnswerConfig(false, List.of(), 3));
  private final Answers exact = new Answers(new AnswerConfig(true, List.of("*"), 3));

  @Test
  void whatCannotBeConvertedIsTheClientsFaultUnlessKairosDbIsToBeCopied() {
    Outcome unconverted = new Outcome.Rejected(List.of("a \"reason\""), true);

    assertThat(answers.of(unconverted).status()).isEqualTo(400);
    assertThat(exact.of(unconverted).status()).isEqualTo(500);
    assertThat(exact.of(new Outcome.Rejected(List.of("b"), false)).status()).isEqualTo(400);
    assertThat(answers.of(unconverted).body()).isEqualTo("{\"errors\":[\"a \\\"reason\\\"\"]}");
  }

  @Test
  void whatIsTooLargeIsSaidSo() {
    Answer answer = answers.of(new Outcome.TooLarge("datapoints[3] is too large"));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).isEqualTo("{\"errors\":[\"datapoints[3] is too large\"]}");
  }

  @Test
  void clientsComeAgainAtDifferentTimes() {
    assertThat(
            IntStream.range(0, 1_000)
                .mapToObj(each -> answers.repeat("later").headers().get(0).value()))
        .containsOnly("1", "2", "3")
        .contains("1", "2", "3");
  }

  @Test
  void aDoorThatClosesEndsItsConnections() {
    Answer answer = answers.of(new Outcome.Unavailable(Outcome.Cause.DRAINING, "closing"));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.closes()).isTrue();
  }

  @Test
  void aFaultOfOursIs500() {
    assertThat(answers.of(new Outcome.Failed()).status()).isEqualTo(500);
  }
}
