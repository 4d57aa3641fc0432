package io.datapoints.connect.flows;

import io.datapoints.connect.mapping.ProtocolNumbers;
import io.datapoints.connect.payload.RawColumn;
import io.datapoints.connect.payload.RawColumn.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rule for protocols: a whole number from 0 to 255, or a text that is not blank. Without names
 * a number is stored as its decimal text and a text exactly as written. With names, a number, also
 * one written as a text, is stored as its IANA keyword in lower case where it has one, and a text
 * in lower case without blanks around it, so that 6, "6", "TCP" and "tcp" are one protocol.
 */
final class Protocols {

  static final String RULE =
      " must be a whole number from 0 to 255, or a text that is not blank and has at most 64"
          + " characters.";

  /** Stands for a protocol that is not written as a number. */
  static final int NO_NUMBER = -1;

  private static final int MAX_NUMBER = 255;

  /** A part of the partition key, which has a bound in every store. */
  private static final int MAX_CHARS = 64;

  private final boolean names;

  Protocols(boolean names) {
    this.names = names;
  }

  /** The number of a protocol that is written as one, or {@link #NO_NUMBER}. */
  static int number(RawColumn column, int row) {
    if (column.kind(row) == Kind.TEXT) {
      return NO_NUMBER;
    }
    long number = WrittenNumber.whole(column, row);
    return number >= 0 && number <= MAX_NUMBER ? (int) number : NO_NUMBER;
  }

  /** The protocol as it is stored, or null when it breaks the rule. */
  @Nullable String read(RawColumn column, int row) {
    int number = number(column, row);
    if (number != NO_NUMBER) {
      return name(number);
    }
    if (column.kind(row) != Kind.TEXT
        || column.enclosed(row)
        || column.length(row) > MAX_CHARS
        || column.literal(row).isBlank()) {
      return null;
    }
    return names ? name(column.literal(row).strip()) : column.literal(row);
  }

  private String name(int number) {
    String keyword = names ? ProtocolNumbers.keyword(number) : null;
    return keyword == null ? Integer.toString(number) : keyword;
  }

  private String name(String text) {
    boolean digits = text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && Integer.parseInt(text) <= MAX_NUMBER
        ? name(Integer.parseInt(text))
        : text.toLowerCase(Locale.ROOT);
  }
}
