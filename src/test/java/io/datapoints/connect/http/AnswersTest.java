package io.datapoints.connect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.door.AnswerConfig;
import io.datapoints.connect.http.protocol.Answer;
import io.datapoints.connect.http.protocol.KairosProtocol;
import io.datapoints.connect.http.protocol.Protocol;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.model.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private final Answers answers = new Answers(new AnswerConfig(false, List.of(), 3));
  private final Protocol kairos = new KairosProtocol(false, false);
  private final Protocol exact = new KairosProtocol(true, false);

  private static Outcome rejected(String reason, boolean unconverted) {
    return new Outcome.Rejected(List.of(reason), 1, 0, Set.of(Rule.VALUE), unconverted);
  }

  private static String body(Answer answer, Protocol protocol) {
    return new String(answer.body(protocol).bytes(), UTF_8);
  }

  @Test
  void whatCannotBeConvertedIsTheClientsFaultUnlessKairosDbIsToBeCopied() {
    Outcome unconverted = rejected("a \"reason\"", true);

    assertThat(answers.of(unconverted, kairos).status()).isEqualTo(400);
    assertThat(answers.of(unconverted, exact).status()).isEqualTo(500);
    assertThat(answers.of(rejected("b", false), exact).status()).isEqualTo(400);
    assertThat(body(answers.of(unconverted, kairos), kairos))
        .isEqualTo("{\"errors\":[\"a \\\"reason\\\"\"]}");
  }

  @Test
  void whatIsTooLargeIsSaidSo() {
    Answer answer = answers.of(new Outcome.TooLarge("datapoints[3] is too large"), kairos);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(body(answer, kairos)).isEqualTo("{\"errors\":[\"datapoints[3] is too large\"]}");
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
    Answer answer = answers.of(new Outcome.Unavailable(Outcome.Cause.DRAINING, "closing"), kairos);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.closes()).isTrue();
  }

  @Test
  void aFaultOfOursIs500() {
    assertThat(answers.of(new Outcome.Failed(), kairos).status()).isEqualTo(500);
  }
}
