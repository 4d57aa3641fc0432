package io.datapoints.connect.kairosdb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Metric objects as JSON, good and bad, with their fields in any order; the same for a seed. */
public final class RandomMetrics {

  private static final List<String> SCALARS =
      List.of(
          "0",
          "7",
          "-12",
          "1500000000123",
          "9223372036854775807",
          "9223372036854775808",
          "1.5",
          "-0.0",
          "1e3",
          "1.5E-3",
          "0.1234567890123456789",
          "\"12\"",
          "\"-.5\"",
          "\"1.2.3\"",
          "\"text\"",
          "\"\"",
          "\"\u00e9\u20ac\\ud83d\\ude00\"",
          "true",
          "false",
          "null",
          "{}",
          "[]",
          "[5]",
          "[1,2]",
          "{\"real\":1,\"imaginary\":2}");
  private static final List<String> TYPES =
      List.of("\"long\"", "\"double\"", "\"string\"", "\"other\"");
  private static final List<String> TEXTS =
      List.of("\"a\"", "\"b c\"", "\"\u00fc=:\"", "5.50", "true");

  private final Random random;

  public RandomMetrics(long seed) {
    random = new Random(seed);
  }

  /** One object, or an array of some. */
  public String record() {
    return random.nextInt(3) == 0 ? metric() : list(random.nextInt(5), this::metric);
  }

  String metric() {
    List<String> fields = new ArrayList<>();
    maybe(0.95, fields, "name", () -> "\"m" + random.nextInt(5) + "\"");
    maybe(0.95, fields, "tags", this::tags);
    maybe(0.8, fields, "datapoints", () -> list(random.nextInt(10), this::point));
    maybe(0.3, fields, "value", this::scalar);
    maybe(0.3, fields, "timestamp", this::timestamp);
    maybe(0.1, fields, "time", this::timestamp);
    maybe(0.2, fields, "type", () -> pick(TYPES));
    maybe(0.2, fields, "ttl", () -> pick(List.of("60", "0", "-1", "null", "\"9\"", "1.5")));
    maybe(0.1, fields, "skip_validate", () -> pick(List.of("true", "false")));
    maybe(0.2, fields, "unknown", this::scalar);
    Collections.shuffle(fields, random);
    return "{" + String.join(blank() + "," + blank(), fields) + "}";
  }

  private String tags() {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(i -> "\"t" + i + "\":" + pick(TEXTS))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String point() {
    return switch (random.nextInt(12)) {
      case 0 -> pick(List.of("[]", "null", "5", "[5]", "[null,5]"));
      case 1, 2 -> "[" + timestamp() + "," + scalar() + "," + pick(TYPES) + "]";
      default -> "[" + timestamp() + blank() + "," + scalar() + "]";
    };
  }

  private String timestamp() {
    return random.nextInt(10) == 0
        ? pick(List.of("\"5\"", "7.0", "0", "-3"))
        : String.valueOf(random.nextLong(4_000_000_000_000L));
  }

  private String scalar() {
    return switch (random.nextInt(4)) {
      case 0 -> String.valueOf(random.nextLong());
      case 1 -> String.valueOf(random.nextGaussian() * Math.pow(10, random.nextInt(12) - 4));
      default -> pick(SCALARS);
    };
  }

  private void maybe(double chance, List<String> fields, String name, Supplier<String> value) {
    if (random.nextDouble() < chance) {
      fields.add("\"" + name + "\":" + blank() + value.get());
    }
  }

  private String blank() {
    return random.nextInt(8) == 0 ? " \n".substring(random.nextInt(2)) : "";
  }

  private static String list(int size, Supplier<String> element) {
    return Stream.generate(element).limit(size).collect(Collectors.joining(",", "[", "]"));
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
