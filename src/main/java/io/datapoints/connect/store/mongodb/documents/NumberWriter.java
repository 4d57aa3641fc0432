package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.mapping.MappedTarget.Decimals;
import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.bson.BsonType;
import org.bson.types.Decimal128;

/** Writes numbers in BSON by the rules of {@link ValueWriter}. */
final class NumberWriter {

  /** A decimal has 34 digits and an exponent up to 6111: it holds no number with more bits. */
  private static final int MOST_BITS = 20_500;

  private static final int MOST_DIGITS = 34;

  private static final String NO_DECIMAL = "is a number that no decimal of 34 digits can hold.";

  private static final double TWO_TO_63 = 0x1p63;
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private NumberWriter() {}

  /**
   * Writes a number as the value of an open element, and sets the type of the element.
   *
   * @param key whether it is in a key
   * @throws InvalidValue for a number that no BSON type holds
   */
  static void put(int element, Number number, boolean key, BsonBytes out) {
    if (number instanceof Long) {
      putLong(element, number.longValue(), out);
    } else if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      putInteger(element, number.intValue(), key, out);
    } else if (number instanceof Double || number instanceof Float) {
      putDouble(element, number.doubleValue(), key, out);
    } else if (number instanceof BigInteger integer) {
      putBigInteger(element, integer, key, out);
    } else if (number instanceof BigDecimal decimal) {
      putBigDecimal(element, decimal, key, out);
    } else {
      throw new InvalidValue(ValueWriter.NO_TYPE);
    }
  }

  /**
   * Like {@link #put}, for a number that is not in a key.
   *
   * @param decimals which numbers are decimals
   */
  static void put(int element, Number number, Decimals decimals, BsonBytes out) {
    boolean floating = number instanceof Double || number instanceof Float;
    if (floating || number instanceof BigDecimal || decimals == Decimals.ALL) {
      putDecimal(element, number, out);
    } else {
      put(element, number, false, out);
    }
  }

  private static void putDecimal(int element, Number number, BsonBytes out) {
    if (number instanceof BigDecimal decimal) {
      checkDigits(decimal.unscaledValue());
      putDecimal(element, decimal, out);
    } else if (number instanceof BigInteger integer) {
      checkDigits(integer);
      putDecimal(element, new BigDecimal(integer), out);
    } else {
      // The text of a float has the digits that it was written with.
      putDecimal(element, Decimal128.parse(number.toString()), out);
    }
  }

  /**
   * Like {@link #put}, for a number in a key that has its type in every record. Equal decimals get
   * one form, so that their bytes tell documents apart.
   */
  static void putTyped(int element, Number number, BsonBytes out) {
    if (number instanceof DecimalValue decimal) {
      BigDecimal shortest = decimal.stripTrailingZeros();
      boolean whole =
          shortest.scale() < 0 && shortest.precision() - shortest.scale() <= MOST_DIGITS;
      putDecimal(element, whole ? shortest.setScale(0) : shortest, out);
    } else {
      put(element, number, false, out);
    }
  }

  private static void putInteger(int element, int number, boolean key, BsonBytes out) {
    if (key) {
      putLong(element, number, out);
    } else {
      out.type(element, BsonType.INT32);
      out.putInt(number);
    }
  }

  private static void putLong(int element, long number, BsonBytes out) {
    out.type(element, BsonType.INT64);
    out.putLong(number);
  }

  private static void putDouble(int element, double number, boolean key, BsonBytes out) {
    if (key && number >= -TWO_TO_63 && number < TWO_TO_63 && number == (long) number) {
      putLong(element, (long) number, out);
    } else {
      out.type(element, BsonType.DOUBLE);
      out.putReal(number);
    }
  }

  private static void putBigInteger(int element, BigInteger integer, boolean key, BsonBytes out) {
    checkDigits(integer);
    if (integer.bitLength() < Long.SIZE) {
      putLong(element, integer.longValue(), out);
    } else if (key) {
      putBigDecimal(element, new BigDecimal(integer), true, out);
    } else {
      putDecimal(element, new BigDecimal(integer), out);
    }
  }

  private static void putBigDecimal(int element, BigDecimal decimal, boolean key, BsonBytes out) {
    checkDigits(decimal.unscaledValue());
    if (!key && decimal instanceof DecimalValue) {
      putDecimal(element, decimal, out);
      return;
    }
    if (key && fitsLong(decimal)) {
      putLong(element, decimal.longValue(), out);
      return;
    }
    double real = decimal.doubleValue();
    if (Double.isFinite(real)
        && (BigDecimal.valueOf(real).compareTo(decimal) == 0
            || new BigDecimal(real).compareTo(decimal) == 0)) {
      putDouble(element, real, key, out);
    } else {
      putDecimal(element, decimal, out);
    }
  }

  private static void checkDigits(BigInteger digits) {
    if (digits.bitLength() > MOST_BITS) {
      throw new InvalidValue(NO_DECIMAL);
    }
  }

  private static boolean fitsLong(BigDecimal decimal) {
    // compareTo compares the magnitudes first, so that a large exponent costs nothing.
    return decimal.compareTo(LEAST_LONG) >= 0
        && decimal.compareTo(MOST_LONG) <= 0
        && decimal.compareTo(BigDecimal.valueOf(decimal.longValue())) == 0;
  }

  private static void putDecimal(int element, BigDecimal decimal, BsonBytes out) {
    Decimal128 encoded;
    try {
      encoded = new Decimal128(decimal);
    } catch (NumberFormatException e) {
      throw new InvalidValue(NO_DECIMAL);
    }
    putDecimal(element, encoded, out);
  }

  private static void putDecimal(int element, Decimal128 encoded, BsonBytes out) {
    out.type(element, BsonType.DECIMAL128);
    out.putLong(encoded.getLow());
    out.putLong(encoded.getHigh());
  }
}
