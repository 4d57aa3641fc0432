package io.datapoints.connect.kairosdb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.datapoints.connect.kairosdb.Awkward;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.BinaryValue;
import io.datapoints.connect.model.Value.ComplexValue;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.model.Value.StringValue;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodecTest {

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 02",
    "-1, 01",
    "5, 0a",
    "63, 7e",
    "64, 8001",
    "-64, 7f",
    "-65, 8101",
    "127, fe01",
    "8192, 808001",
    "2147483647, feffffff0f",
    "9223372036854775807, feffffffffffffffff01",
    "-9223372036854775808, ffffffffffffffffff01",
  })
  void packsLongs(long value, String hex) {
    assertBytes(new LongValue(value), "kairos_long", hex);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 0000000000000000",
    "-0.0, 8000000000000000",
    "1.0, 3ff0000000000000",
    "-1.5, bff8000000000000",
    "0.1, 3fb999999999999a",
    "NaN, 7ff8000000000000",
    "-Infinity, fff0000000000000",
  })
  void writesDoublesBigEndian(double value, String hex) {
    assertBytes(new DoubleValue(value), "kairos_double", hex);
  }

  @Test
  void writesEveryNanAsTheCanonicalOne() {
    double odd = Double.longBitsToDouble(0x7ff8_0000_0000_0001L);

    assertThat(hex(new DoubleValue(odd))).isEqualTo("7ff8000000000000");
  }

  @Test
  void writesTextsWithTheirLength() {
    assertBytes(new StringValue("abc"), "kairos_string", "0003616263");
    assertBytes(new StringValue(""), "kairos_string", "0000");
    assertBytes(new StringValue("é"), "kairos_string", "0002c3a9");
    assertBytes(new StringValue("😀"), "kairos_string", "0006eda0bdedb880");
    assertBytes(new StringValue("a\0b"), "kairos_string", "000461c08062");
  }

  @Test
  void writesComplexNumbersAsTwoDoubles() {
    assertBytes(new ComplexValue(1.0, -1.5), "kairos_complex", "3ff0000000000000bff8000000000000");
  }

  @Test
  void writesBinariesAsTheyAre() {
    BinaryValue value = new BinaryValue(new byte[] {0, -1, 5});

    assertThat(ValueCodec.dataType(value)).isEqualTo("kairos_binary");
    assertThat(ValueCodec.encode(value)).isSameAs(value.value());
    assertThat(KairosFormatReader.value("kairos_binary", value.value())).isEqualTo(value);
  }

  @Test
  void readsBackWhatItWrote() {
    for (int seed = 0; seed < 5000; seed++) {
      Awkward awkward = new Awkward(seed);
      Value[] written = {
        new LongValue(awkward.number()),
        new DoubleValue(awkward.real()),
        new StringValue(awkward.anyChars(40)),
        new ComplexValue(awkward.real(), awkward.real()),
        new BinaryValue(awkward.bytes(40)),
      };
      for (Value value : written) {
        assertThat(KairosFormatReader.value(ValueCodec.dataType(value), ValueCodec.encode(value)))
            .as("seed %d", seed)
            .isEqualTo(value);
      }
    }
  }

  @Test
  void takesTextsUpToTheLengthThatTwoBytesCanAnnounce() {
    Value longest = new StringValue("é".repeat(32_767) + "a");

    assertThat(ValueCodec.encode(longest)).hasSize(2 + 65_535).startsWith(0xff, 0xff);
    assertThat(KairosFormatReader.value("kairos_string", ValueCodec.encode(longest)))
        .isEqualTo(longest);
    assertThatExceptionOfType(InvalidValue.class)
        .isThrownBy(() -> ValueCodec.encode(new StringValue("é".repeat(32_768))))
        .withMessageContaining("65536")
        .withMessageContaining("65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "8000ff", "0102", "ffffffffffffffffffff01"})
  void refusesWhatIsNotOneVarint(String hex) {
    assertRefused("kairos_long", hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "0001",
        "00016162",
        "0001ff",
        "0001c3",
        "0002c328",
        "0003e28228",
        "000180"
      })
  void refusesWhatIsNotOneText(String hex) {
    assertRefused("kairos_string", hex);
  }

  @Test
  void refusesNumbersOfTheWrongLengthAndUnknownTypes() {
    assertRefused("kairos_double", "3ff00000000000");
    assertRefused("kairos_complex", "3ff0000000000000");
    assertRefused("kairos_legacy", "01");
  }

  private static void assertBytes(Value value, String dataType, String hex) {
    assertThat(ValueCodec.dataType(value)).isEqualTo(dataType);
    assertThat(hex(value)).isEqualTo(hex);
    assertThat(KairosFormatReader.value(dataType, HexFormat.of().parseHex(hex))).isEqualTo(value);
  }

  private static void assertRefused(String dataType, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KairosFormatReader.value(dataType, bytes));
  }

  private static String hex(Value value) {
    return HexFormat.of().formatHex(ValueCodec.encode(value));
  }
}
