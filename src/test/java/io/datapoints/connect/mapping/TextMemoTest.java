package io.datapoints.connect.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.datapoints.connect.model.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextMemoTest {

  private final List<String> asked = new ArrayList<>();

  private final TextMemo memo =
      new TextMemo(
          text -> {
            asked.add(text);
            if (text.startsWith("bad")) {
              throw new InvalidValue("is bad");
            }
            return text + "!";
          });

  @Test
  void theFunctionIsAskedOnceForATextThatComesBack() {
    assertThat(memo.apply("a")).isEqualTo("a!");
    assertThat(memo.apply("b")).isEqualTo("b!");
    assertThat(memo.apply(new String("a"))).isEqualTo("a!");
    assertThat(asked).containsExactly("a", "b");
  }

  @Test
  void textsOfOneHashDoNotGetTheResultsOfEachOther() {
    assertThat("AaAa").hasSameHashCodeAs("BBBB");
    for (int round = 0; round < 2; round++) {
      assertThat(memo.apply("AaAa")).isEqualTo("AaAa!");
      assertThat(memo.apply("BBBB")).isEqualTo("BBBB!");
    }
  }

  @Test
  void whatIsRejectedIsRejectedAgain() {
    for (int round = 0; round < 2; round++) {
      assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> memo.apply("bad"));
    }
  }

  @Test
  void longTextsAreNotKept() {
    String text = "x".repeat(65);
    memo.apply(text);
    memo.apply(text);
    assertThat(asked).containsExactly(text, text);
  }
}
