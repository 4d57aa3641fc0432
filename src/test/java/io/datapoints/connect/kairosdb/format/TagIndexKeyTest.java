package io.datapoints.connect.kairosdb.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.format.TagIndexKey.Pair;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hashes are those of Guava 28.2, which KairosDB 1.3 uses. */
class TagIndexKeyTest {

  private static final Map<String, List<String>> EVERYTHING = Map.of("*", List.of());

  private final Series series = new Series("m", Tags.of(Map.of("host", "server-17", "dc", "fra1")));

  @Test
  void hasARowForEachTagWithTheHashOfThemAll() {
    int hash = -1862148071;

    assertThat(TagIndexKey.of(series, EVERYTHING))
        .containsExactly(new Pair("dc=fra1", hash), new Pair("host=server-17", hash));
    assertThat(TagIndexKey.of(series, Map.of("*", List.of("*"))))
        .isEqualTo(TagIndexKey.of(series, EVERYTHING));
    assertThat(TagIndexKey.of(series, Map.of("m", List.of("host", "*"))))
        .isEqualTo(TagIndexKey.of(series, EVERYTHING));
  }

  @Test
  void hashesOnlyTheIndexedTags() {
    assertThat(TagIndexKey.of(series, Map.of("m", List.of("host", "rack"))))
        .containsExactly(new Pair("host=server-17", 968604447));
  }

  @Test
  void hasNoRowWhenNothingIsIndexed() {
    assertThat(TagIndexKey.of(series, Map.of())).isEmpty();
    assertThat(TagIndexKey.of(series, Map.of("other", List.of()))).isEmpty();
    assertThat(TagIndexKey.of(series, Map.of("m", List.of("rack")))).isEmpty();
    assertThat(TagIndexKey.of(new Series("m", Tags.of(Map.of())), EVERYTHING)).isEmpty();
  }

  @Test
  void aMetricsOwnEntryWinsOverTheOneForEveryMetric() {
    assertThat(TagIndexKey.of(series, Map.of("*", List.of(), "m", List.of("rack")))).isEmpty();
  }

  @Test
  void doesNotEscape() {
    assertThat(pairOf(Map.of("k:1=x", "v:1=y"))).isEqualTo(new Pair("k:1=x=v:1=y", 929494205));
  }

  @Test
  void hashesTheUtf8OfAnyCharacter() {
    assertThat(pairOf(Map.of("é", "ü"))).isEqualTo(new Pair("é=ü", -1015535942));
    assertThat(pairOf(Map.of("€", "x"))).isEqualTo(new Pair("€=x", 942207068));
    assertThat(pairOf(Map.of("😀", "x"))).isEqualTo(new Pair("😀=x", 1914495294));
    assertThat(pairOf(Map.of("a", "😀"))).isEqualTo(new Pair("a=😀", -484058956));
    assertThat(pairOf(Map.of("a😀b", "😀😀"))).isEqualTo(new Pair("a😀b=😀😀", -351611133));
    assertThat(pairOf(Map.of("\uff5e", "😀"))).isEqualTo(new Pair("\uff5e=😀", 339143728));
    assertThat(pairOf(Map.of("\ud800", "x"))).isEqualTo(new Pair("\ud800=x", 290488914));
  }

  @Test
  void tagsThatMakeTheSamePairShareARow() {
    Series ambiguous = new Series("m", Tags.of(Map.of("a", "b=c", "a=b", "c")));

    assertThat(TagIndexKey.of(ambiguous, EVERYTHING)).hasSize(1);
  }

  private static Pair pairOf(Map<String, String> tag) {
    List<Pair> pairs = TagIndexKey.of(new Series("m", Tags.of(tag)), EVERYTHING);
    assertThat(pairs).hasSize(1);
    return pairs.get(0);
  }
}
