package io.datapoints.connect.store.mongodb.points;

import static io.datapoints.connect.store.mongodb.TestStores.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.model.Series;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** What all documents of a series have in common. */
class EncodedSeriesTest {

  /** As a reader without this code would compute it. */
  @Test
  void theIdIsTheDigestOfTheTextsWithTheirLengths() throws Exception {
    byte[] digest = digest("load", "dc", "ö", "host", "");
    assertThat(id(series("load", "host", "", "dc", "ö"))).isEqualTo(Arrays.copyOf(digest, 16));
  }

  /** So that it stays what it is: whoever changes it leaves all documents behind. */
  @Test
  void theIdDoesNotChange() {
    assertThat(HexFormat.of().formatHex(id(series("load", "host", "a"))))
        .isEqualTo("8501bf71b594124a8541769373ed7d26");
  }

  @Test
  void seriesWhoseTextsRunIntoEachOtherDiffer() {
    List<byte[]> ids =
        List.of(
            id(series("a", "b", "cd")),
            id(series("a", "bc", "d")),
            id(series("ab", "c", "d")),
            id(series("a")),
            id(series("a", "b", "")),
            id(series("a", "", "b")),
            id(series("a", "b", "c", "d", "e")),
            id(series("a", "b", "c\0\0\0\1d\0\0\0\1e")));
    assertThat(ids.stream().map(HexFormat.of()::formatHex)).doesNotHaveDuplicates();
  }

  @Test
  void metricAndTagsAreElementsInTheOrderOfTheTags() {
    BsonBytes out = new BsonBytes(0);
    int start = out.begin();
    out.elements(EncodedSeries.of(series("löad", "z", "1", "a.b", "😀", "$c", "")).elements());
    out.end(start);
    RawBsonDocument document = out.document(start);
    assertThat(document.toJson())
        .isEqualTo(
            BsonDocument.parse("{metric: 'löad', tags: {'$c': '', 'a.b': '😀', z: '1'}}").toJson());
  }

  @Test
  void aTagNameWithANulHasNoPlaceInADocument() {
    assertThat(EncodedSeries.of(series("m", "a\0b", "v")).problem())
        .isEqualTo("a tag name has a NUL character, which no field of a document can have.");
    assertThat(EncodedSeries.of(series("m\0", "a", "v\0")).problem()).isNull();
  }

  @Test
  void halfOfASurrogatePairIsNoText() {
    for (Series broken :
        List.of(
            series("m\uD800", "a", "v"),
            series("m", "a\uDC00", "v"),
            series("m", "a", "\uD83Dv"),
            series("m", "a", "\uDE00\uD83D"))) {
      assertThat(EncodedSeries.of(broken).problem()).contains("not valid Unicode");
    }
  }

  @Test
  void theOrderIsThatOfTheIdsBytes() {
    List<EncodedSeries> some =
        List.of("a", "b", "c", "d", "e", "f", "g", "h").stream()
            .map(name -> EncodedSeries.of(series(name)))
            .toList();
    for (EncodedSeries one : some) {
      for (EncodedSeries other : some) {
        assertThat(Integer.signum(one.compareTo(other)))
            .isEqualTo(Integer.signum(Arrays.compareUnsigned(id(one), id(other))));
      }
    }
    assertThat(some.get(0).compareTo(EncodedSeries.of(series("a")))).isZero();
  }

  private static byte[] id(Series series) {
    return id(EncodedSeries.of(series));
  }

  private static byte[] id(EncodedSeries series) {
    return ByteBuffer.allocate(16).putLong(series.idHigh()).putLong(series.idLow()).array();
  }

  private static byte[] digest(String... texts) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String text : texts) {
        write(text.getBytes(StandardCharsets.UTF_8), out);
      }
    }
    return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
  }

  private static void write(byte[] text, DataOutputStream out) throws IOException {
    out.writeInt(text.length);
    out.write(text);
  }
}
