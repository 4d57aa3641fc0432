package io.datapoints.connect.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The function {@code hash(x, n)}: the CRC-32 of a value, as an unsigned number, modulo n. The
 * CRC-32 is that of ISO 3309, gzip and zlib, which every language has, so that readers can compute
 * the same number. The input is the bytes themselves, or the UTF-8 encoding of this text:
 *
 * <ul>
 *   <li>a text: itself;
 *   <li>a boolean: {@code true} or {@code false};
 *   <li>a number: its decimal digits without an exponent and without zeros at the end of its
 *       fraction, so that 7, 7.0 and "7" are alike; a binary floating point number is the shortest
 *       decimal that stands for it;
 *   <li>a time, a date, a UUID: as ISO 8601 and RFC 9562 write it, in UTC; a time that the record
 *       writes as a number or a text: that number or text.
 * </ul>
 *
 * <p>This algorithm must never change: queries find rows by its result.
 */
final class StableHash {

  static final String RULE = "hash takes a text, number, boolean, time, UUID or bytes";

  /** A number with more digits before or after its point is rejected. */
  private static final int MAX_EXPONENT = 10_000;

  private StableHash() {}

  /** The hash, from 0 (inclusive) to the modulus (exclusive). */
  static long of(Object value, long modulus) {
    CRC32 crc = new CRC32();
    if (value instanceof ByteBuffer bytes) {
      crc.update(bytes.duplicate());
    } else {
      String text = text(value);
      if (text == null) {
        throw new InvalidValue(RULE);
      }
      crc.update(text.getBytes(UTF_8));
    }
    return crc.getValue() % modulus;
  }

  private static @Nullable String text(Object value) {
    if (value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof Instant
        || value instanceof LocalDate
        || value instanceof LocalTime
        || value instanceof UUID) {
      return value.toString();
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? plain(shortest(number)) : number.toString();
    }
    if (value instanceof Float number) {
      return Float.isFinite(number) ? plain(shortest(number)) : number.toString();
    }
    if (value instanceof WrittenValue known) {
      return text(known.written());
    }
    return value instanceof BigDecimal number ? plain(number) : null;
  }

  private static @Nullable String plain(BigDecimal number) {
    if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
      return null;
    }
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Does not use Double.toString: its result changed between JDK releases (JDK-4511638). */
  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == number) {
        return rounded;
      }
    }
    return exact.round(new MathContext(17));
  }

  private static BigDecimal shortest(float number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 6; digits < 9; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.floatValue() == number) {
        return rounded;
      }
    }
    return exact.round(new MathContext(9));
  }
}
