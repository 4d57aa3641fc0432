package io.datapoints.connect.mapping.bson;

import io.datapoints.connect.model.BsonValue;
import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.InvalidValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The function {@code ejson(x)}: MongoDB Extended JSON (version 2, canonical and relaxed, and the
 * older strict mode) as the values that it stands for. Where an object of the record is {@code
 * {"$oid": "..."}} or the like, its place gets an ObjectId; other objects and lists are copied with
 * what they hold, and everything else stays what it is.
 */
public final class ExtendedJson {

  private static final String BINARY = "$binary";
  private static final String REGEX = "$regex";
  private static final String CODE = "$code";

  private static final byte TYPE_BINARY = 0x05;
  private static final byte TYPE_REGEX = 0x0B;
  private static final byte TYPE_CODE = 0x0D;
  private static final byte TYPE_SYMBOL = 0x0E;
  private static final byte TYPE_TIMESTAMP = 0x11;
  private static final byte TYPE_DECIMAL = 0x13;
  private static final byte TYPE_MIN_KEY = (byte) 0xFF;
  private static final byte TYPE_MAX_KEY = 0x7F;

  /** The upper halves of the decimals that are no number; the lower ones are 0. */
  private static final Map<String, Long> SPECIAL_DECIMALS =
      Map.of(
          "NaN", 0x7C00_0000_0000_0000L,
          "Infinity", 0x7800_0000_0000_0000L,
          "-Infinity", 0xF800_0000_0000_0000L);

  private static final int GENERIC = 0x00;
  private static final int OLD_BINARY = 0x02;
  private static final int UUID_BINARY = 0x04;

  /** The options of a regular expression. */
  private static final String OPTIONS = "ilmsux";

  /** Beyond what a double or a decimal of 34 digits can have. */
  private static final int MAX_EXPONENT = 10_000;

  private static final int MAX_NUMBER_CHARS = 1_000;

  private static final long MAX_UNSIGNED_INT = 0xFFFF_FFFFL;

  private ExtendedJson() {}

  /**
   * The value that a tree stands for; the reader has already bounded its depth.
   *
   * @throws InvalidValue naming the place and the type that is malformed
   */
  public static Object of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return ofMap(map);
    }
    return value instanceof List<?> list ? ofList(list) : value;
  }

  private static @Nullable Object within(@Nullable Object value) {
    return value == null ? null : of(value);
  }

  private static List<@Nullable Object> ofList(List<?> list) {
    List<@Nullable Object> elements = new ArrayList<>(list.size());
    for (Object element : list) {
      try {
        elements.add(within(element));
      } catch (InvalidValue e) {
        throw e.within(" element " + elements.size());
      }
    }
    return elements;
  }

  private static Object ofMap(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (key instanceof String name && name.startsWith("$") && !isReference(map)) {
        return special(map);
      }
    }
    // The reader sorts what a hash table might be slow for.
    Map<Object, @Nullable Object> fields =
        map instanceof SortedMap ? new TreeMap<>() : new LinkedHashMap<>();
    for (Map.Entry<?, ?> field : map.entrySet()) {
      try {
        fields.put(field.getKey(), within(field.getValue()));
      } catch (InvalidValue e) {
        // The name of a field may be payload, its position is not.
        throw e.within(" field " + fields.size());
      }
    }
    return fields;
  }

  /** A reference to a document is a document that a server stores as it is. */
  private static boolean isReference(Map<?, ?> map) {
    return map.containsKey("$ref") && map.containsKey("$id");
  }

  private static Object special(Map<?, ?> map) {
    if (map.containsKey(BINARY)) {
      return binary(map);
    }
    if (map.containsKey(REGEX)) {
      checkFields(map, REGEX, "$options");
      return regex(map.get(REGEX), map.get("$options"));
    }
    if (map.size() > 1) {
      throw noType();
    }
    Map.Entry<?, ?> only = map.entrySet().iterator().next();
    Object value = only.getValue();
    return switch (String.valueOf(only.getKey())) {
      case "$oid" -> objectId(value);
      case "$date" -> date(value);
      case "$numberInt" -> (int) whole(value, "$numberInt", Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "$numberLong" -> whole(value, "$numberLong", Long.MIN_VALUE, Long.MAX_VALUE);
      case "$numberDouble" -> real(value);
      case "$numberDecimal" -> decimal(value);
      case "$uuid" -> uuid(value);
      case "$timestamp" -> timestamp(value);
      case "$regularExpression" -> {
        Map<?, ?> parts = object(value, "$regularExpression", "pattern", "options");
        yield regex(parts.get("pattern"), parts.get("options"));
      }
      case CODE -> text(TYPE_CODE, value, CODE);
      case "$symbol" -> text(TYPE_SYMBOL, value, "$symbol");
      case "$minKey" -> new BsonValue(TYPE_MIN_KEY, new byte[0], "{\"$minKey\":1}");
      case "$maxKey" -> new BsonValue(TYPE_MAX_KEY, new byte[0], "{\"$maxKey\":1}");
      default -> throw noType();
    };
  }

  private static InvalidValue noType() {
    return new InvalidValue(
        "is an object with a field that begins with $ and is no type of extended JSON that is"
            + " taken");
  }

  /**
   * The function {@code objectid(x)}: an ObjectId of its digits, or of its bytes.
   *
   * @throws InvalidValue for any other value
   */
  public static BsonValue objectId(Object value) {
    if (value instanceof BsonValue known && known.type() == BsonValue.OBJECT_ID) {
      return known;
    }
    if (value instanceof ByteBuffer bytes && bytes.remaining() == BsonValue.OBJECT_ID_BYTES) {
      byte[] copy = new byte[BsonValue.OBJECT_ID_BYTES];
      bytes.duplicate().get(copy);
      return BsonValue.objectId(copy);
    }
    if (value instanceof String digits && digits.length() == 2 * BsonValue.OBJECT_ID_BYTES) {
      try {
        return BsonValue.objectId(HexFormat.of().parseHex(digits));
      } catch (IllegalArgumentException noDigits) {
        // The same reason as for any other value.
      }
    }
    throw new InvalidValue("must be the 24 hexadecimal digits of an ObjectId");
  }

  private static Instant date(@Nullable Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return Instant.ofEpochMilli(((Number) value).longValue());
    }
    if (value instanceof Map<?, ?> map && map.containsKey("$numberLong")) {
      checkFields(map, "$numberLong");
      long millis = whole(map.get("$numberLong"), "$date", Long.MIN_VALUE, Long.MAX_VALUE);
      return Instant.ofEpochMilli(millis);
    }
    if (value instanceof String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException noTime) {
        // The same reason as for any other value.
      }
    }
    throw malformed("$date", "milliseconds, or an ISO 8601 text with an offset");
  }

  private static long whole(@Nullable Object value, String type, long least, long most) {
    if (value instanceof String || value instanceof Long || value instanceof Integer) {
      try {
        BigInteger number = new BigInteger(value.toString());
        if (number.bitLength() < Long.SIZE
            && number.longValue() >= least
            && number.longValue() <= most) {
          return number.longValue();
        }
      } catch (NumberFormatException noNumber) {
        // The same reason as for any other value.
      }
    }
    throw malformed(type, "a whole number in its range, as a text");
  }

  private static Double real(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    Double real = value instanceof String text ? real(text) : null;
    if (real == null) {
      throw malformed("$numberDouble", "a number as a text");
    }
    return real;
  }

  private static @Nullable Double real(String text) {
    switch (text) {
      case "NaN", "Infinity", "-Infinity" -> {
        return Double.valueOf(text);
      }
      default -> {
        BigDecimal exact = number(text);
        if (exact == null) {
          return null;
        }
        double nearest = exact.doubleValue();
        return text.startsWith("-") && nearest == 0 ? -0.0 : nearest;
      }
    }
  }

  private static Object decimal(@Nullable Object value) {
    if (value instanceof String text) {
      Long special = SPECIAL_DECIMALS.get(text);
      if (special != null) {
        byte[] content = new byte[2 * Long.BYTES];
        littleEndian(content).putLong(0).putLong(special);
        return new BsonValue(TYPE_DECIMAL, content, text);
      }
      BigDecimal number = number(text);
      if (number != null) {
        return DecimalValue.of(number);
      }
    }
    throw malformed("$numberDecimal", "a number as a text");
  }

  private static @Nullable BigDecimal number(String text) {
    if (text.length() > MAX_NUMBER_CHARS) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > MAX_EXPONENT ? null : number;
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  private static Object uuid(@Nullable Object value) {
    UUID uuid = value instanceof String text ? Uuids.parse(text) : null;
    if (uuid == null) {
      throw malformed("$uuid", "a UUID as a text");
    }
    return uuid;
  }

  /** Of the form with base64 and subType, or of the older one with the subtype beside it. */
  private static Object binary(Map<?, ?> map) {
    boolean old = map.get(BINARY) instanceof String;
    checkFields(map, BINARY, old ? "$type" : BINARY);
    Map<?, ?> parts = old ? map : object(map.get(BINARY), BINARY, "base64", "subType");
    Object base64 = parts.get(old ? BINARY : "base64");
    Object subtype = parts.get(old ? "$type" : "subType");
    if (base64 instanceof String text && subtype != null) {
      try {
        return binary(Base64.getDecoder().decode(text), Integer.parseInt(subtype.toString(), 16));
      } catch (IllegalArgumentException noBase64OrNumber) {
        // The same reason as for any other value.
      }
    }
    throw malformed(BINARY, "a text in base64 and a subtype in hexadecimal digits");
  }

  private static Object binary(byte[] bytes, int subtype) {
    if (subtype == GENERIC) {
      return ByteBuffer.wrap(bytes);
    }
    if (subtype == UUID_BINARY && bytes.length == 2 * Long.BYTES) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong());
    }
    if (subtype < 0 || subtype > 0xFF) {
      throw malformed(BINARY, "a subtype of one byte");
    }
    boolean lengthTwice = subtype == OLD_BINARY;
    int length = (lengthTwice ? Integer.BYTES : 0) + bytes.length;
    byte[] content = new byte[Integer.BYTES + 1 + length];
    ByteBuffer buffer = littleEndian(content).putInt(length).put((byte) subtype);
    if (lengthTwice) {
      buffer.putInt(bytes.length);
    }
    buffer.put(bytes);
    return new BsonValue(TYPE_BINARY, content, Base64.getEncoder().encodeToString(bytes));
  }

  private static BsonValue timestamp(@Nullable Object value) {
    Map<?, ?> parts = object(value, "$timestamp", "t", "i");
    long seconds = whole(ofNumber(parts.get("t")), "$timestamp", 0, MAX_UNSIGNED_INT);
    long increment = whole(ofNumber(parts.get("i")), "$timestamp", 0, MAX_UNSIGNED_INT);
    byte[] content = new byte[Long.BYTES];
    littleEndian(content).putLong(seconds << 32 | increment);
    return new BsonValue(
        TYPE_TIMESTAMP,
        content,
        "{\"$timestamp\":{\"t\":" + seconds + ",\"i\":" + increment + "}}");
  }

  /** The canonical form has numbers within it, too. */
  private static @Nullable Object ofNumber(@Nullable Object value) {
    return value instanceof Map ? within(value) : value;
  }

  private static BsonValue regex(@Nullable Object pattern, @Nullable Object options) {
    String flags = options == null ? "" : String.valueOf(options);
    if (!(pattern instanceof String text)
        || text.indexOf('\0') >= 0
        || !flags.chars().allMatch(flag -> OPTIONS.indexOf(flag) >= 0)) {
      throw malformed("$regularExpression", "a pattern, and options out of " + OPTIONS);
    }
    // A document has the options in alphabetical order.
    String sorted =
        flags
            .chars()
            .sorted()
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    byte[] content = utf8(text + '\0' + sorted + '\0', "$regularExpression");
    return new BsonValue(TYPE_REGEX, content, "/" + text + "/" + sorted);
  }

  private static BsonValue text(byte type, @Nullable Object value, String name) {
    if (!(value instanceof String text)) {
      throw malformed(name, "a text");
    }
    byte[] utf8 = utf8(text, name);
    byte[] content = new byte[Integer.BYTES + utf8.length + 1];
    littleEndian(content).putInt(utf8.length + 1).put(utf8);
    return new BsonValue(type, content, text);
  }

  private static byte[] utf8(String text, String type) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException halfOfASurrogatePair) {
      throw malformed(type, "valid Unicode");
    }
  }

  private static ByteBuffer littleEndian(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<?, ?> object(@Nullable Object value, String type, String... fields) {
    if (!(value instanceof Map<?, ?> map) || !Set.of(fields).equals(map.keySet())) {
      throw malformed(type, "an object of " + String.join(" and ", fields));
    }
    return map;
  }

  private static void checkFields(Map<?, ?> map, String... fields) {
    if (!List.of(fields).containsAll(map.keySet())) {
      throw new InvalidValue("has a " + fields[0] + " beside other fields");
    }
  }

  private static InvalidValue malformed(String type, String form) {
    return new InvalidValue("has a " + type + " that is not " + form);
  }
}
