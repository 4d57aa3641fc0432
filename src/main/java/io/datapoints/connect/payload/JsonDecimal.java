package io.datapoints.connect.payload;

import java.math.BigDecimal;

/**
 * A number whose text is that of the record, such as 1e3, which a decimal number writes as 1E+3.
 */
final class JsonDecimal extends BigDecimal {

  private static final long serialVersionUID = 1;

  /** A decimal number with more places before its first digit is written with an exponent. */
  private static final int PLAIN_PLACES = 6;

  private final String literal;

  private JsonDecimal(String literal) {
    super(literal);
    this.literal = literal;
  }

  /**
   * The number that a text in JSON's form is.
   *
   * @throws NumberFormatException if its exponent is beyond the range of a decimal number
   */
  static BigDecimal of(String literal) {
    boolean exponent = literal.indexOf('e') >= 0 || literal.indexOf('E') >= 0;
    BigDecimal number = exponent ? new JsonDecimal(literal) : new BigDecimal(literal);
    return !exponent && number.scale() - number.precision() >= PLAIN_PLACES
        ? new JsonDecimal(literal)
        : number;
  }

  @Override
  public String toString() {
    return literal;
  }
}
