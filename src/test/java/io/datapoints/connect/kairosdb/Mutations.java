package io.datapoints.connect.kairosdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damage to JSON that knows what JSON is made of; the same for a seed. */
public final class Mutations {

  private static final List<String> TOKENS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "'",
          "null",
          "true",
          "NaN",
          "-Infinity",
          "//",
          "/*",
          "*/",
          "#",
          "\\",
          "\\u0000",
          "\\ud800",
          "\\uD83D\\uDE00",
          "\\u202e",
          "\uFEFF",
          "\u0000",
          "\u200b",
          "\ud83d\ude00",
          "\"datapoints\":",
          "\"tags\":",
          "\"name\":",
          "\"value\":",
          "\"type\":\"double\",",
          "\"ttl\":",
          "\"real\":1,\"imaginary\":",
          "\"source_ip\":",
          "\"timestamp\":",
          "{\"name\":\"m\",\"tags\":{\"a\":\"b\"},\"datapoints\":[",
          "[[[[[[",
          "]]]]]]",
          "{\"a\":{\"a\":",
          "1,",
          "\"a\":\"b\",",
          "[],",
          "{},");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "+1",
          ".5",
          "1.",
          "00",
          "1e999999999",
          "-1e999999999",
          "1e-999999999",
          "1E2147483648",
          "1e99999999999999999999",
          "1.5e308",
          "4.9e-324",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "18446744073709551616",
          "0x7f",
          "1d",
          "253402300800000",
          "-62135596800001",
          "4294967296",
          "2147483648",
          "0.1e1",
          "\"1e999999999\"",
          "\"NaN\"",
          "\"0x1p3\"",
          "\"2024-02-30T00:00:00Z\"",
          "\"+999999999-12-31T23:59:59Z\"");

  private static final byte[][] BYTES = {
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xC0, (byte) 0xAF},
    {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xED, (byte) 0xB0, (byte) 0x80},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {(byte) 0xE2, (byte) 0x82},
    {(byte) 0xFF, (byte) 0xFE},
    {(byte) 0x1F, (byte) 0x8B},
    {0},
  };

  private static final int MAX_REPEATS = 2_000;
  private static final int MAX_LENGTH = 200_000;

  private final Random random;

  public Mutations(Random random) {
    this.random = random;
  }

  /** The text with one to a few injuries, parts of the other text among them. */
  public byte[] of(String text, String other) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int rounds = 1 + random.nextInt(4); rounds > 0; rounds--) {
      bytes = once(bytes, other.getBytes(UTF_8));
    }
    return switch (random.nextInt(60)) {
      case 0 -> new String(bytes, UTF_8).getBytes(UTF_16);
      case 1 -> new String(bytes, UTF_8).getBytes(ISO_8859_1);
      case 2 -> splice(bytes, 0, 0, "\uFEFF".getBytes(UTF_8));
      default -> bytes;
    };
  }

  private byte[] once(byte[] bytes, byte[] other) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + random.nextInt(20));
    return switch (random.nextInt(14)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> splice(bytes, at, at, other);
      case 2 -> splice(bytes, at, to, slice(other));
      case 3 -> splice(bytes, at, to, new byte[0]);
      case 4, 5 -> splice(bytes, at, at, pick(TOKENS).getBytes(UTF_8));
      case 6, 7 -> number(bytes, at);
      case 8 -> splice(bytes, at, at, repeated());
      case 9 -> splice(bytes, at, at, BYTES[random.nextInt(BYTES.length)]);
      case 10 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
      case 11 -> token(bytes, at);
      default -> flipped(bytes);
    };
  }

  /** Puts an odd number in the place of the next one. */
  private byte[] number(byte[] bytes, int from) {
    int start = from;
    while (start < bytes.length && !isNumeric(bytes[start])) {
      start++;
    }
    int end = start;
    while (end < bytes.length && isNumeric(bytes[end])) {
      end++;
    }
    String number = random.nextInt(6) == 0 ? "9".repeat(random.nextInt(1_500)) : pick(NUMBERS);
    return splice(bytes, start, end, number.getBytes(UTF_8));
  }

  private static boolean isNumeric(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '.';
  }

  /** Puts another token in the place of the next bracket, comma, colon or quote. */
  private byte[] token(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && "{}[]:,\"".indexOf(bytes[at]) < 0) {
      at++;
    }
    return splice(bytes, at, Math.min(bytes.length, at + 1), pick(TOKENS).getBytes(UTF_8));
  }

  private byte[] repeated() {
    String token = pick(TOKENS);
    return token.repeat(random.nextInt(MAX_REPEATS)).getBytes(UTF_8);
  }

  private byte[] slice(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    for (int flips = 1 + random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] insertion) {
    if (bytes.length + insertion.length > MAX_LENGTH) {
      return bytes;
    }
    byte[] spliced = Arrays.copyOf(bytes, bytes.length - (to - from) + insertion.length);
    System.arraycopy(insertion, 0, spliced, from, insertion.length);
    System.arraycopy(bytes, to, spliced, from + insertion.length, bytes.length - to);
    return spliced;
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
