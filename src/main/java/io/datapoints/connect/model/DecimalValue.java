package io.datapoints.connect.model;

import java.math.BigDecimal;

/**
 * A decimal number that stays one: of a schema that says so, or of {@code decimal(x)}. Any other
 * BigDecimal is merely how a number was written, such as 1.50 in JSON. Immutable.
 */
public final class DecimalValue extends BigDecimal {

  private static final long serialVersionUID = 1;

  private DecimalValue(BigDecimal number) {
    super(number.unscaledValue(), number.scale());
  }

  /** The same number with the same scale. */
  public static DecimalValue of(BigDecimal number) {
    return number instanceof DecimalValue known ? known : new DecimalValue(number);
  }
}
