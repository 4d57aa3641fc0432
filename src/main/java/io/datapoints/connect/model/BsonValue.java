package io.datapoints.connect.model;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A value of a BSON type for which Java has no class. Only MongoDB has such types; elsewhere it is
 * its text. Immutable.
 */
public final class BsonValue {

  /** The number of the type of an ObjectId, as in the BSON specification. */
  public static final byte OBJECT_ID = 0x07;

  /** Bytes in an ObjectId. */
  public static final int OBJECT_ID_BYTES = 12;

  private final byte type;
  private final byte[] content;
  private final String text;

  /**
   * @param type the number of the type in the BSON specification
   * @param content the bytes of the value in a BSON document; must not change later
   * @param text what it is in other stores
   */
  public BsonValue(byte type, byte[] content, String text) {
    this.type = type;
    this.content = content;
    this.text = text;
  }

  /** An ObjectId, whose text is its 24 hexadecimal digits. */
  public static BsonValue objectId(byte[] bytes) {
    if (bytes.length != OBJECT_ID_BYTES) {
      throw new IllegalArgumentException("an ObjectId has " + OBJECT_ID_BYTES + " bytes");
    }
    return new BsonValue(OBJECT_ID, bytes, HexFormat.of().formatHex(bytes));
  }

  /** The number of the type in the BSON specification. */
  public byte type() {
    return type;
  }

  /** The bytes of the value in a BSON document; not to be changed. */
  public byte[] content() {
    return content;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BsonValue that
        && type == that.type
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return text;
  }
}
