package io.datapoints.connect.format.influx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.datapoints.connect.FormatReading;
import io.datapoints.connect.model.RecordOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lines become, each form of the protocol by itself, and what becomes of bad ones. */
class LineProtocolTest {

  private static final String GOOD = "m,h=a f=1 1700000000000000000";
  private static final String GOOD_POINT = "m.f{h=a} 1700000000000 double 1.0";

  private final FormatReading reading = FormatReading.of("influx");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m,h=a f=1 1                     | m.f{h=a} 0 double 1.0",
        "m,h=a f=1.50 1999999            | m.f{h=a} 1 double 1.5",
        "m,h=a f=1 -1                    | m.f{h=a} -1 double 1.0",
        "m,h=a f=-1e3 0                  | m.f{h=a} 0 double -1000.0",
        "m,h=a f=1e-3 0                  | m.f{h=a} 0 double 0.001",
        "m,h=a f=.5 0                    | m.f{h=a} 0 double 0.5",
        "m,h=a f=1. 0                    | m.f{h=a} 0 double 1.0",
        "m,h=a f=+7 0                    | m.f{h=a} 0 double 7.0",
        "m,h=a f=1i 0                    | m.f{h=a} 0 long 1",
        "m,h=a f=-9223372036854775808i 0 | m.f{h=a} 0 long -9223372036854775808",
        "m,h=a f=7u 0                    | m.f{h=a} 0 long 7",
        "m,h=a f=9223372036854775807u 0  | m.f{h=a} 0 long 9223372036854775807",
        "m,h=a f=18446744073709551615u 0 | m.f{h=a} 0 double 1.8446744073709552E19",
        "m,h=a f=t 0                     | m.f{h=a} 0 string 'true'",
        "m,h=a f=False 0                 | m.f{h=a} 0 string 'false'",
        "m,h=a f=\"x y, z=1\" 0          | m.f{h=a} 0 string 'x y, z=1'",
        "m,h=a f=\"12\" 0                | m.f{h=a} 0 string '12'",
        "m,h=a f=\"\" 0                  | m.f{h=a} 0 string ''",
        "m,h=a f=\"a\\\"b\\\\c\\d\" 0     | m.f{h=a} 0 string 'a\"b\\c\\d'",
        "m\\,n\\ o,h=a f=1 0              | m,n o.f{h=a} 0 double 1.0",
        "m\\=n=o,h=a f=1 0               | m=n=o.f{h=a} 0 double 1.0",
        "m,h\\ i\\,j\\=k=a\\ b\\,c\\=d f=1 0  | m.f{h i,j=k=a b,c=d} 0 double 1.0",
        "m,h=a f\\ g\\,h\\=i=1 0            | m.f g,h=i{h=a} 0 double 1.0",
        "m\\n,h=C:\\dir f=1 0             | m\\n.f{h=C:\\dir} 0 double 1.0",
        "m,h=\"a\" f=1 0                  | m.f{h=\"a\"} 0 double 1.0",
        "m,b=2,a=1 f=1 0                 | m.f{a=1,b=2} 0 double 1.0",
        "m f=1 0                         | m.f{source=unknown} 0 double 1.0",
        "m,h=\u00e9\u20ac f=1 0            | m.f{h=\u00e9\u20ac} 0 double 1.0",
        "   m,h=a   f=1   0   " + "           | m.f{h=a} 0 double 1.0",
        "m,h=a f=1                       | m.f{h=a} 1700000000000 double 1.0",
      })
  void aFieldIsAPoint(String line, String point) {
    for (String end : List.of("", "\n", "\r\n", " \n", " \r\n")) {
      assertThat(reading.read(line + end).reasons()).as(line).isEmpty();
      assertThat(reading.points()).as(line).containsExactly(point);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m",
        "m ",
        "m,h=a",
        "m,h=a ",
        ",h=a f=1 0",
        " ,h=a f=1 0",
        "m, f=1 0",
        "m,h f=1 0",
        "m,h= f=1 0",
        "m,=a f=1 0",
        "m,h=a=b f=1 0",
        "m,h=a f 0",
        "m,h=a f= 0",
        "m,h=a =1 0",
        "m,h=a f=1, 0",
        "m,h=a f=1 0 0",
        "m,h=a f=1 x",
        "m,h=a f=1 1.5",
        "m,h=a f=1 9223372036854775808",
        "m,h=a f=NaN 0",
        "m,h=a f=Inf 0",
        "m,h=a f=0x1p3 0",
        "m,h=a f=1d 0",
        "m,h=a f=1e999 0",
        "m,h=a f=1.5i 0",
        "m,h=a f=9223372036854775808i 0",
        "m,h=a f=18446744073709551616u 0",
        "m,h=a f=-1u 0",
        "m,h=a f=i 0",
        "m,h=a f=tru 0",
        "m,h=a f=yes 0",
        "m,h=a f=\"x 0",
        "m,h=a f=\"x\\\" 0",
        "m,h=a f=\"x\"y 0",
        "m,h=a f=\"x\"0",
        "m,h=a,h=b f=1 0",
        "m\\",
      })
  void aBadLineCostsThatLine(String line) {
    reading.read(GOOD + "\n" + line + "\n" + GOOD);
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons()).singleElement().asString().containsPattern("line 2 |metric\\[1]");
  }

  @Test
  void aReasonNamesTheLineAndNoValue() {
    reading.read("# a comment\n\nm,h=a t=\"x\ny\",f=1 0\n" + GOOD + "\nm,h=secret f=secret");
    assertThat(reading.points()).hasSize(3);
    assertThat(reading.reasons())
        .containsExactly("line 6 has a value that is no number, text or boolean.");
    assertThat(reading.read("m,h=a f=1,g=1e999 0").reasons())
        .containsExactly("metric[0](name=m.g).datapoints[0].value is not a finite number.");
    assertThat(reading.points()).containsExactly("m.f{h=a} 0 double 1.0");
  }

  @Test
  void aLineBreakWithinATextBelongsToIt() {
    reading.read("m,h=a f=\"x\ny\r\nz\",g=1 0\r\n" + GOOD);
    assertThat(reading.points())
        .containsExactly("m.f{h=a} 0 string 'x\ny\r\nz'", "m.g{h=a} 0 double 1.0", GOOD_POINT);
  }

  @Test
  void aTextThatDoesNotEndCostsItsLine() {
    reading.read("m,h=a f=\"x\n" + GOOD + "\n" + GOOD);
    assertThat(reading.points()).containsExactly(GOOD_POINT, GOOD_POINT);
    assertThat(reading.reasons()).containsExactly("line 1 has a text that does not end.");
  }

  @Test
  void aTextAndBytesCompressedOrNotAreRead() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(GOOD.getBytes(UTF_8));
    }
    byte[] bytes = GOOD.getBytes(UTF_8);
    ByteBuffer slice = ByteBuffer.wrap((" " + GOOD + "#").getBytes(UTF_8), 1, bytes.length).slice();
    for (Object value : List.of(GOOD, bytes, slice, gzip.toByteArray())) {
      assertThat(reading.read(value).points()).containsExactly(GOOD_POINT);
    }
  }

  @Test
  void whatIsNoTextIsRejected() {
    assertThat(reading.read(new byte[] {'m', (byte) 0xC3}).reasons())
        .containsExactly("The lines are not UTF-8.");
    assertThat(reading.read(5).reasons())
        .containsExactly(
            "The record value is a java.lang.Integer, not a text or bytes; set value.converter to"
                + " ByteArrayConverter.");
    for (String blank : List.of("", " ", "\n", " \r\n \n")) {
      assertThat(reading.read(blank).reasons()).containsExactly("There are no lines.");
    }
    assertThat(reading.read("# nothing").reasons()).isEmpty();
    assertThat(reading.points()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ns, 1700000000123456789, 1700000000123",
    "us, 1700000000123456, 1700000000123",
    "us, -1, -1",
    "ms, 1700000000123, 1700000000123",
    "s, 1700000000, 1700000000000",
    "m, 28333333, 1699999980000",
    "h, 472222, 1699999200000",
  })
  void theTimeIsInTheUnitOfTheSetting(String precision, long time, long millis) {
    FormatReading set = FormatReading.with("influx", Map.of("influx.precision", precision));
    assertThat(set.read("m,h=a f=1 " + time).points())
        .containsExactly("m.f{h=a} " + millis + " double 1.0");
  }

  @Test
  void aTimeOutOfRangeOrMissingIsAFault() {
    FormatReading hours = FormatReading.with("influx", Map.of("influx.precision", "h"));
    assertThat(hours.read("m,h=a f=1 9223372036854775807").reasons())
        .containsExactly("line 1 has a time that is out of range.");
    assertThat(reading.read("m,h=a f=1", RecordOrigin.NO_TIMESTAMP).reasons())
        .containsExactly("line 1 has no time, and neither has its record.");
  }

  @Test
  void namesAndBooleansAreAsTheSettingsSay() {
    FormatReading set =
        FormatReading.with(
            "influx",
            Map.of(
                "influx.separator", "_",
                "influx.plain.value", "true",
                "influx.booleans", "number",
                "record.default.tag", "from=telegraf"));
    assertThat(set.read("m value=1,up=T,down=f 0").points())
        .containsExactly(
            "m{from=telegraf} 0 double 1.0",
            "m_up{from=telegraf} 0 long 1",
            "m_down{from=telegraf} 0 long 0");
    assertThat(
            FormatReading.with("influx", Map.of("influx.separator", ""))
                .read("m,h=a f=1 0")
                .points())
        .containsExactly("mf{h=a} 0 double 1.0");
  }

  @Test
  void anyBytesMakePointsAndReasonsAndNothingElse() {
    Random random = new Random(5);
    byte[] whole =
        ("m\\,n,h=a\\ b,i=c f=1i,g=\"x\\\"\ny\",h=t,k=1.5e3 1700000000000000000\r\n# c\n" + GOOD)
            .getBytes(UTF_8);
    byte[] marks = "\\\",= \n\r#iue.\u00e9".getBytes(UTF_8);
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatCode(() -> reading.read(cut)).doesNotThrowAnyException();
    }
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = marks[random.nextInt(marks.length)];
      }
      assertThatCode(() -> reading.read(damaged))
          .as(() -> new String(damaged, UTF_8))
          .doesNotThrowAnyException();
    }
    assertThat(reading.read(GOOD).points()).containsExactly(GOOD_POINT);
  }

  /** A parser that looked for the end of each text anew would take hours. */
  @Test
  void noLinesTakeMoreThanTheirLength() {
    List<String> hostile =
        List.of(
            "m f=\"\n",
            "m f=\\\"\n",
            "m f=\"\\\"\n",
            "m,\n",
            "\\",
            "\"",
            "#\n",
            "m f=1,",
            "m,a=b,");
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (String part : hostile) {
            reading.read(part.repeat(2_000_000 / part.length()));
            reading.read("m f=\"" + part.repeat(2_000_000 / part.length()));
          }
        });
  }

  /** Each of its points has all tags: without a bound they would take gigabytes. */
  @Test
  void longTagsAndManyFieldsDoNotMultiply() {
    String hostile = "m,h=" + "a".repeat(30_000) + " " + "f=1,".repeat(60_000) + "g=1 0";
    assertThat(reading.read(hostile + "\n" + GOOD).reasons())
        .containsExactly("line 1 has a name and tags that are too long for its 60001 points.");
    assertThat(reading.points()).containsExactly(GOOD_POINT);
  }

  @Test
  void aRecordMayHaveManyLines() {
    String lines =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "m,h=" + i % 7 + " f=" + i + "i " + i + "000000")
            .collect(Collectors.joining("\n"));
    assertThat(reading.read(lines).points())
        .hasSize(5_000)
        .contains("m.f{h=0} 0 long 0", "m.f{h=1} 4999 long 4999");
  }
}
