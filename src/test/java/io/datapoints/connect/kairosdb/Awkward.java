package io.datapoints.connect.kairosdb;

import io.datapoints.connect.model.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Seeded texts, tags and numbers that lean towards the edges of KairosDB's formats. */
public final class Awkward {

  private static final String[] PIECES = {
    ":",
    "=",
    "::",
    "==",
    ":=",
    "=:",
    "\0",
    "a",
    "b",
    "host",
    " ",
    "\t",
    "\u007f",
    "\u0080",
    "é",
    "\u07ff",
    "\u0800",
    "€",
    "\uffff",
    "\uff5e",
    "😀",
    "\ud800\udc00",
    "\udbff\udfff"
  };

  private final SplittableRandom random;

  public Awkward(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A text of valid Unicode, possibly empty. */
  public String text(int maxPieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(maxPieces + 1); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** A text that may hold unpaired surrogates too. */
  public String anyChars(int maxLength) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
      text.append((char) random.nextInt(1 << random.nextInt(1, 17)));
    }
    return text.toString();
  }

  public Tags tags(int max) {
    Map<String, String> tags = new HashMap<>();
    for (int i = random.nextInt(max + 1); i > 0; i--) {
      tags.put(text(4), text(4));
    }
    return Tags.of(tags);
  }

  /** Any magnitude is as likely as any other. */
  public long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  public double real() {
    return random.nextBoolean()
        ? Double.longBitsToDouble(random.nextLong())
        : number() / (double) (1 + random.nextInt(1000));
  }

  public byte[] bytes(int maxLength) {
    byte[] bytes = new byte[random.nextInt(maxLength + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }
}
