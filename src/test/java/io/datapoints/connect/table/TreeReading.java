package io.datapoints.connect.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * KairosDB's rules once more, over a tree and with no thought of speed, for what {@link
 * RandomMetrics} writes. Says which points are stored; what is refused it leaves out.
 */
public final class TreeReading {

  private static final Map<?, ?> NO_FIELDS = Map.of();

  private final List<String> points = new ArrayList<>();

  private TreeReading() {}

  /** A number by its spelling. */
  private record Literal(String text) {}

  public static List<String> points(String json) throws IOException {
    TreeReading reading = new TreeReading();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      Object root = tree(parser, parser.nextToken());
      if (root instanceof List<?> metrics) {
        metrics.forEach(metric -> reading.metric((Map<?, ?>) metric));
      } else {
        reading.metric((Map<?, ?>) root);
      }
    }
    return reading.points;
  }

  private static Object tree(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        fields.put(name, tree(parser, parser.nextToken()));
      }
      return fields;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> elements = new ArrayList<>();
      for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
        elements.add(tree(parser, t));
      }
      return elements;
    }
    String text = parser.getText();
    return token == JsonToken.VALUE_STRING ? text : new Literal(text);
  }

  private static boolean isNull(@Nullable Object value) {
    return value == null || value.equals(new Literal("null"));
  }

  private static boolean isEmpty(@Nullable Object value, @Nullable Object type) {
    boolean emptyText = Objects.equals(value, "") && !Objects.equals(type, "string");
    return emptyText || Objects.equals(value, List.of());
  }

  private static String text(@Nullable Object scalar) {
    return scalar instanceof Literal literal ? literal.text() : String.valueOf(scalar);
  }

  private void metric(Map<?, ?> metric) {
    boolean skip = text(metric.get("skip_validate")).equals("true");
    Object value = metric.get("value");
    Object time = isNull(metric.get("time")) ? metric.get("timestamp") : metric.get("time");
    Map<?, ?> tags = metric.get("tags") instanceof Map<?, ?> map ? map : NO_FIELDS;
    String ttl = isNull(metric.get("ttl")) ? "0" : text(metric.get("ttl"));
    boolean refused =
        !metric.containsKey("name")
            || (tags.isEmpty() && !skip)
            || (time == null ? !isNull(value) : lacksValue(metric) && !skip)
            || ttl.startsWith("-")
            || ttl.contains(".");
    if (refused) {
      return;
    }
    String suffix = ttl.equals("0") ? "" : " ttl " + ttl;
    String series = text(metric.get("name")) + sorted(tags) + " ";
    if (time != null && !isNull(value)) {
      point(series, time, value, metric.get("type"), suffix);
    }
    List<?> datapoints = metric.get("datapoints") instanceof List<?> list ? list : List.of();
    for (Object datapoint : datapoints) {
      if (datapoint instanceof List<?> point
          && point.size() > 1
          && !isNull(point.get(0))
          && !isNull(point.get(1))) {
        Object type = point.size() > 2 ? point.get(2) : metric.get("type");
        if (isEmpty(point.get(1), type)) {
          continue;
        }
        point(series, point.get(0), point.get(1), type, suffix);
      }
    }
  }

  private static boolean lacksValue(Map<?, ?> metric) {
    return !metric.containsKey("value") || isEmpty(metric.get("value"), metric.get("type"));
  }

  private static String sorted(Map<?, ?> tags) {
    Map<String, String> sorted = new TreeMap<>();
    tags.forEach((name, value) -> sorted.put((String) name, text(value)));
    return sorted.toString().replace(", ", ",");
  }

  private void point(
      String series, Object time, @Nullable Object value, @Nullable Object type, String suffix) {
    try {
      String stored = type == null ? inferred(value) : converted(text(type), value);
      if (stored != null) {
        points.add(series + new BigDecimal(text(time)).longValue() + " " + stored + suffix);
      }
    } catch (NumberFormatException noNumber) {
      // A refused point.
    }
  }

  private static @Nullable String inferred(@Nullable Object value) {
    if (isNull(value) || value instanceof List || value instanceof Map) {
      return null;
    }
    boolean numeric =
        value instanceof Literal
            ? !List.of("true", "false").contains(text(value))
            : text(value).matches("[-+.]?([0-9]*\\.)?[0-9]+");
    if (!numeric) {
      return converted("string", value);
    }
    boolean real = text(value).contains(".") || (value instanceof Literal && !isLong(text(value)));
    return converted(real ? "double" : "long", value);
  }

  private static boolean isLong(String number) {
    try {
      long exact = new BigDecimal(number).longValueExact();
      return BigDecimal.valueOf(exact).compareTo(new BigDecimal(number)) == 0;
    } catch (ArithmeticException inexact) {
      return false;
    }
  }

  private static @Nullable String converted(String type, @Nullable Object value) {
    Object scalar = value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
    if (isNull(scalar) || scalar instanceof List || scalar instanceof Map) {
      return null;
    }
    String text = text(scalar);
    return switch (type) {
      case "long" -> {
        if (!(scalar instanceof Literal)) {
          yield "long " + Long.parseLong(text);
        }
        yield isLong(text) ? "long " + new BigDecimal(text).longValueExact() : null;
      }
      case "double" -> "double " + Double.parseDouble(text);
      case "string" -> "string '" + text + "'";
      default -> null;
    };
  }
}
