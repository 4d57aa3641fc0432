package io.datapoints.connect.payload;

/**
 * The characters of something that was written, kept so that it is recognised when it is written
 * again, without making a string of it.
 *
 * @param <R> what is read
 */
public interface WrittenKey<R> {

  /** Whether this object writes the same, character by character. */
  boolean matches(R raw);

  /** How many characters are kept. */
  int length();
}
