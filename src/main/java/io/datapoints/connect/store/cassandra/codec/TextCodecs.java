package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.mapping.IpAddress;
import io.datapoints.connect.mapping.Numbers;
import io.datapoints.connect.model.BsonValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.WrittenValue;
import io.datapoints.connect.payload.JsonTexts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The codecs of texts, and of types that a text can spell: bytes, UUIDs, addresses. */
final class TextCodecs {

  private TextCodecs() {}

  /** CQL's text and varchar. */
  enum Text implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      String text = text(value);
      if (!isWellFormed(text)) {
        throw new InvalidValue("must be a text without halves of characters");
      }
      into.putUtf8(text);
    }

    /** Whether every surrogate is half of a pair; others would be stored as question marks. */
    private static boolean isWellFormed(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          if (Character.charCount(text.codePointAt(i)) != 2) {
            return false;
          }
          i++;
        }
      }
      return true;
    }

    @Override
    public boolean takesBlank() {
      return true;
    }
  }

  /** CQL's ascii. */
  enum Ascii implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      String text = text(value);
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) > 0x7F) {
          throw new InvalidValue("must have ASCII characters only");
        }
      }
      into.putUtf8(text);
    }

    @Override
    public boolean takesBlank() {
      return true;
    }
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Number number) {
      return Numbers.text(number);
    }
    if (value instanceof Boolean
        || value instanceof UUID
        || value instanceof BsonValue
        || value instanceof TemporalAccessor) {
      return value.toString();
    }
    if (value instanceof WrittenValue known) {
      return known.text();
    }
    throw new InvalidValue(
        value instanceof Map || value instanceof List
            ? "must be a single value; json() makes a text of an object or a list"
            : "must be a text; bytes are none");
  }

  /**
   * A type other than blob, which also takes bytes: a key or a value of a record can be text that
   * no converter has decoded.
   */
  record FromBytes(CellCodec codec) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      boolean encoded = !(value instanceof ByteBuffer bytes) || isUuid(bytes);
      codec.encode(encoded ? value : decoded((ByteBuffer) value), into, unknown);
    }

    private boolean isUuid(ByteBuffer bytes) {
      return codec instanceof Uuid && bytes.remaining() == Uuid.BYTES;
    }

    private static String decoded(ByteBuffer bytes) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(bytes.slice()).toString();
      } catch (CharacterCodingException e) {
        throw new InvalidValue("must be a text in UTF-8, if it is bytes");
      }
    }

    @Override
    public boolean takesBlank() {
      return codec.takesBlank();
    }

    @Override
    public int width() {
      return codec.width();
    }
  }

  /** A type with parts, which also takes a text or bytes that hold its JSON. */
  record FromJson(CellCodec codec) implements CellCodec {

    /** As much as a value of a column can be. */
    private static final int MAX_BYTES = 16_777_216;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      boolean encoded = value instanceof String || value instanceof ByteBuffer;
      codec.encode(encoded ? parsed(value) : value, into, unknown);
    }

    private static Object parsed(Object text) {
      Object tree = new JsonTexts(MAX_BYTES).parse(text);
      if (tree instanceof InvalidValue problem) {
        throw problem;
      }
      if (tree == null) {
        throw new InvalidValue("must not be the JSON text of a null");
      }
      return tree;
    }

    @Override
    public int width() {
      return codec.width();
    }
  }

  /** CQL's blob for a whole key or value, whose text is stored as it came. */
  enum WholeBlob implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      if (value instanceof String) {
        Text.CODEC.encode(value, into, unknown);
      } else {
        Blob.CODEC.encode(value, into, unknown);
      }
    }

    @Override
    public boolean takesBlank() {
      return true;
    }
  }

  /** CQL's blob, from bytes or from a text in hexadecimal digits after 0x, else in base 64. */
  enum Blob implements CellCodec {
    CODEC;

    private static final String RULE = "must be bytes, or a text in base64 or as 0x and hex digits";

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      if (value instanceof ByteBuffer bytes) {
        into.put(bytes);
        return;
      }
      if (!(value instanceof String text)) {
        throw new InvalidValue(RULE);
      }
      try {
        into.put(
            text.startsWith("0x")
                ? HexFormat.of().parseHex(text, 2, text.length())
                : Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        throw new InvalidValue(RULE);
      }
    }

    @Override
    public boolean takesBlank() {
      return true;
    }
  }

  /**
   * CQL's uuid and timeuuid.
   *
   * @param timeBased whether the UUID must contain a time (version 1)
   */
  record Uuid(boolean timeBased) implements CellCodec {

    private static final int CHARS = 36;
    private static final int BYTES = 16;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      UUID uuid = uuid(value);
      if (timeBased && uuid.version() != 1) {
        throw new InvalidValue("must be a UUID of version 1");
      }
      into.putLong(uuid.getMostSignificantBits());
      into.putLong(uuid.getLeastSignificantBits());
    }

    private static UUID uuid(Object value) {
      if (value instanceof UUID uuid) {
        return uuid;
      }
      if (value instanceof ByteBuffer bytes && bytes.remaining() == BYTES) {
        ByteBuffer own = bytes.slice();
        return new UUID(own.getLong(), own.getLong());
      }
      UUID uuid = value instanceof String text ? parsed(text) : null;
      if (uuid == null) {
        throw new InvalidValue("must be a UUID");
      }
      return uuid;
    }

    /** Checks the form first: the JDK's parser also accepts short groups and signs. */
    private static @Nullable UUID parsed(String text) {
      if (text.length() != CHARS) {
        return null;
      }
      try {
        UUID uuid = UUID.fromString(text);
        return uuid.toString().equalsIgnoreCase(text) ? uuid : null;
      } catch (IllegalArgumentException e) {
        return null;
      }
    }

    @Override
    public int width() {
      return BYTES;
    }
  }

  /** CQL's inet, from an address, never from a name, which would need a DNS lookup. */
  enum Inet implements CellCodec {
    CODEC;

    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      if (value instanceof ByteBuffer bytes
          && (bytes.remaining() == V4_BYTES || bytes.remaining() == V6_BYTES)) {
        into.put(bytes);
        return;
      }
      byte[] address = value instanceof String text ? IpAddress.bytes(text) : null;
      if (address == null) {
        throw new InvalidValue("must be an IP address");
      }
      into.put(address);
    }
  }
}
