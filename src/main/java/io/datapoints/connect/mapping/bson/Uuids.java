package io.datapoints.connect.mapping.bson;

import io.datapoints.connect.model.InvalidValue;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The function {@code uuid(x)}: a UUID of its 16 bytes, or of a text in any usual form. */
public final class Uuids {

  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}");

  private static final String URN = "urn:uuid:";

  private Uuids() {}

  /**
   * The UUID that a value is.
   *
   * @throws InvalidValue if it is none
   */
  public static UUID of(Object value) {
    if (value instanceof UUID known) {
      return known;
    }
    if (value instanceof ByteBuffer bytes && bytes.remaining() == 2 * Long.BYTES) {
      ByteBuffer own = bytes.slice();
      return new UUID(own.getLong(), own.getLong());
    }
    UUID uuid = value instanceof String text ? parse(text) : null;
    if (uuid == null) {
      throw new InvalidValue("must be a UUID, as a text or as 16 bytes");
    }
    return uuid;
  }

  /**
   * The UUID of a text with or without its four dashes, in braces or after {@code urn:uuid:}, in
   * upper or lower case; null for any other text.
   */
  static @Nullable UUID parse(String text) {
    String digits = text.toLowerCase(Locale.ROOT);
    if (digits.startsWith(URN)) {
      digits = digits.substring(URN.length());
    } else if (digits.startsWith("{") && digits.endsWith("}")) {
      digits = digits.substring(1, digits.length() - 1);
    }
    if (!FORM.matcher(digits).matches()) {
      return null;
    }
    String hex = digits.replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(hex.substring(0, 16), 16),
        Long.parseUnsignedLong(hex.substring(16), 16));
  }
}
