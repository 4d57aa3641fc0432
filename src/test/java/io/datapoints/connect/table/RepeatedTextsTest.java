package io.datapoints.connect.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedTextsTest {

  private final RepeatedTexts texts = new RepeatedTexts();

  private String of(String text) {
    char[] chars = ("<<" + text + ">>").toCharArray();
    return texts.of(chars, 2, text.length());
  }

  @Test
  void aTextThatComesBackIsTheSameObject() {
    String first = of("10.0.0.1");
    assertThat(of("10.0.0.2")).isEqualTo("10.0.0.2");
    assertThat(of("10.0.0.1")).isSameAs(first).isEqualTo("10.0.0.1");
  }

  @Test
  void everyTextIsItselfHoweverManyThereAre() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      all.add("device-" + i);
    }
    for (int round = 0; round < 2; round++) {
      assertThat(all).allSatisfy(text -> assertThat(of(text)).isEqualTo(text));
    }
  }

  @Test
  void textsOfAllLengthsAndAlphabetsAreTaken() {
    for (String text :
        List.of("", "a", "ab", "abc", "abcd", "abcde", "é€😀", "\0", "x".repeat(65))) {
      assertThat(of(text)).isEqualTo(text);
      assertThat(of(text)).isEqualTo(text);
    }
  }

  @Test
  void longTextsAreNotKept() {
    String text = "x".repeat(RepeatedTexts.MAX_CHARS + 1);
    assertThat(of(text)).isNotSameAs(of(text));
  }
}
