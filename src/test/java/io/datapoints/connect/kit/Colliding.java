package io.datapoints.connect.kit;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What somebody writes whose records are to meet in one bin of every hash map. */
public final class Colliding {

  private static final int LETTERS = 16;

  /** Nothing keeps the hash of texts or numbers from being any other one. */
  private static final int HASH = 0x5EED_0000;

  private Colliding() {}

  /** Different texts, at most 65,536 of them, with the same {@link String#hashCode}. */
  public static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(Colliding::text).toList();
  }

  private static String text(int number) {
    StringBuilder text = new StringBuilder();
    for (int letter = 0; letter < LETTERS; letter++) {
      text.append((number >> letter & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  /** Different even negative numbers with the same {@link Long#hashCode}. */
  public static LongStream numbers(int count) {
    return IntStream.rangeClosed(1, count)
        .map(i -> -2 * i)
        .mapToLong(half -> (long) half << 32 | ((half ^ HASH) & 0xFFFF_FFFFL));
  }
}
