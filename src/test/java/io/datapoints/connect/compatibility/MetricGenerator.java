package io.datapoints.connect.compatibility;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Seeded metric objects as JSON text that lean towards the edges of what KairosDB takes, stores and
 * returns: types named and inferred, numbers in every notation, awkward names, all forms. Numbers
 * that KairosDB truncates or wraps are left out: the connector does neither.
 */
final class MetricGenerator {

  /** Seconds; the comparison of rows rounds up to a multiple of it. */
  private static final int TTL_UNIT = 100_000;

  private static final String[] PIECES = {
    ":",
    "=",
    "::",
    ":=",
    "a",
    "b",
    "host",
    " ",
    "\t",
    "\u0001",
    "\u007f",
    "é",
    "\u07ff",
    "\u0800",
    "€",
    "\uffff",
    "\uff5e",
    "😀",
    "\ud800\udc00",
    "\udbff\udfff",
    "\"",
    "\\",
    "'",
    "\0"
  };
  private static final String[] INFERRED = {
    "12",
    "\"12\"",
    "\"+12\"",
    "\"-7\"",
    "\"0012\"",
    "1.50",
    "\".5\"",
    "\"-.5\"",
    "\"5.\"",
    "\"1e5\"",
    "1e3",
    "50e-1",
    "1.5e3",
    "-0",
    "-0.0",
    "true",
    "false",
    "\" 12\"",
    "\"1.2.3\"",
    "\"١٢\"",
    "9223372036854775807",
    "-9223372036854775808",
    "\"-\""
  };
  private static final String[] LONGS = {
    "5.0", "-7.00", "\"77\"", "[5]", "1e3", "9223372036854775807.0", "1.5e3", "-0"
  };
  private static final String[] DOUBLES = {
    "5", "-0", "-0.0", "1e308", "\"2.5\"", "\"0x1p3\"", "\"1d\"", "4.9e-324", "0.1", "[2.5]"
  };
  private static final String[] STRINGS = {"1.50", "true", "-0", "1e3", "[\"x\"]", "\"5\""};

  /** One metric object, all of whose points differ in time. */
  record Metric(String json, int points) {}

  private final SplittableRandom random;
  private int number;

  MetricGenerator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The next one; its name is its own. */
  Metric next() {
    StringBuilder json = new StringBuilder("{\"name\":");
    json.append(quoted(text(4) + "#" + number++)).append(",\"tags\":").append(tags());
    String type = oneOf("", "long", "double", "string");
    if (!type.isEmpty()) {
      json.append(",\"type\":").append(quoted(type));
    }
    if (random.nextInt(4) == 0) {
      json.append(",\"ttl\":").append(TTL_UNIT * random.nextInt(1, 50));
    }
    int points = random.nextInt(3) == 0 ? 1 : random.nextInt(2, 13);
    Set<Long> times = new HashSet<>();
    while (times.size() < points) {
      times.add(time());
    }
    if (points == 1) {
      json.append(random.nextBoolean() ? ",\"time\":" : ",\"timestamp\":")
          .append(times.iterator().next())
          .append(",\"value\":")
          .append(value(type));
    } else {
      json.append(",\"datapoints\":")
          .append(
              times.stream()
                  .map(time -> point(time, type))
                  .collect(Collectors.joining(",", "[", "]")));
    }
    return new Metric(json.append('}').toString(), points);
  }

  private String point(long time, String type) {
    if (random.nextInt(4) > 0) {
      return "[" + time + "," + value(type) + "]";
    }
    String own = oneOf("long", "double", "string");
    return "[" + time + "," + value(own) + "," + quoted(own) + "]";
  }

  private String value(String type) {
    boolean special = random.nextInt(3) == 0;
    return switch (type) {
      case "long" -> special ? oneOf(LONGS) : Long.toString(magnitude());
      case "double" -> special ? oneOf(DOUBLES) : Double.toString(real());
      case "string" -> special ? oneOf(STRINGS) : quoted("s" + text(12));
      default -> special ? oneOf(INFERRED) : Long.toString(magnitude());
    };
  }

  private String tags() {
    int count = random.nextInt(1, 5);
    Set<String> names = new HashSet<>();
    while (names.size() < count) {
      names.add(nonEmpty());
    }
    return names.stream()
        .map(name -> quoted(name) + ":" + (random.nextInt(8) == 0 ? "5.50" : quoted(nonEmpty())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private long time() {
    long time =
        switch (random.nextInt(4)) {
          case 0 -> 1_700_000_000_000L + random.nextInt(86_400_000);
          case 1 -> 1_814_400_000L * random.nextInt(-3, 1000) + random.nextInt(-1, 2);
          case 2 -> random.nextLong() >> random.nextInt(20, 64);
          default -> magnitude();
        };
    return time == Long.MIN_VALUE ? 0 : time;
  }

  private String nonEmpty() {
    return text(3) + PIECES[random.nextInt(PIECES.length)];
  }

  private String text(int maxPieces) {
    return IntStream.range(0, random.nextInt(maxPieces + 1))
        .mapToObj(i -> PIECES[random.nextInt(PIECES.length)])
        .collect(Collectors.joining());
  }

  /** Any magnitude is as likely as any other. */
  private long magnitude() {
    return random.nextLong() >> random.nextInt(64);
  }

  private double real() {
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(any) ? any : 0.5;
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
