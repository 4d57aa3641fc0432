package io.datapoints.connect.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping took out of one record for one table or collection.
 *
 * <p>A value is a Boolean, Byte, Short, Integer, Long, BigInteger, Float, Double, BigDecimal,
 * String, {@link java.nio.ByteBuffer} (read-only use: duplicate it), {@link java.time.Instant},
 * {@link java.time.LocalDate}, {@link java.time.LocalTime}, {@link java.util.UUID}, a List of such
 * values, or a Map from String to such values (or from any of them where a converter made the map).
 * Null where the record has none or has a null; {@link #NULL} for a null that the mapping asks for.
 */
public final class Cells implements Sample {

  /** A null that is to be written, where null leaves the column alone. */
  public static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private final String topic;
  private final int target;
  private final List<@Nullable Object> values;
  private final @Nullable Map<String, @Nullable Object> rest;
  private final boolean deletion;
  private final RecordOrigin origin;

  /**
   * @param topic the topic whose mapping it is: the record's, after any transform
   * @param target which of the targets of that topic
   * @param values one for each assignment of the mapping, in its order
   * @param rest the object of the mapping's rest, without the excepted fields; null without a rest
   *     or where the record has no such object
   * @param deletion whether the record has no value, which deletes the row of its key
   */
  public Cells(
      String topic,
      int target,
      List<@Nullable Object> values,
      @Nullable Map<String, @Nullable Object> rest,
      boolean deletion,
      RecordOrigin origin) {
    this.topic = topic;
    this.target = target;
    this.values = values;
    this.rest = rest;
    this.deletion = deletion;
    this.origin = origin;
  }

  public String topic() {
    return topic;
  }

  public int target() {
    return target;
  }

  /** What goes to the assignment of this position. */
  public @Nullable Object value(int assignment) {
    return values.get(assignment);
  }

  /** What goes to each assignment. */
  public List<@Nullable Object> values() {
    return values;
  }

  public @Nullable Map<String, @Nullable Object> rest() {
    return rest;
  }

  public boolean deletion() {
    return deletion;
  }

  @Override
  public RecordOrigin origin() {
    return origin;
  }
}
