package io.datapoints.connect.model;

import java.util.Arrays;
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
 *
 * <p>Three things are no value, and a store treats each in its own way: {@link #MISSING} where the
 * record says nothing, which leaves what is stored; null where it says null, which is what the user
 * said nulls are; {@link #NULL} for a null that the mapping asks for, which is always written.
 */
public final class Cells implements Sample {

  /** A null that is to be written, whatever the user said nulls are. */
  public static final Object NULL = named("null");

  /** Nothing stands at this place of the record, not even a null. */
  public static final Object MISSING = named("missing");

  private final String topic;
  private final int target;
  private final @Nullable Object[] values;
  private final @Nullable Map<String, @Nullable Object> rest;
  private final boolean deletion;
  private final RecordOrigin origin;

  private static Object named(String name) {
    return new Object() {
      @Override
      public String toString() {
        return name;
      }
    };
  }

  /** Whether this is no value: a null of either kind, or nothing at all. */
  public static boolean isNothing(@Nullable Object value) {
    return value == null || value == NULL || value == MISSING;
  }

  /**
   * @param topic the topic whose mapping it is: the record's, after any transform
   * @param target which of the targets of that topic
   * @param values one for each assignment of the mapping, in its order; not changed any more
   * @param rest the object of the mapping's rest, without the excepted fields; null without a rest
   *     or where the record has no such object
   * @param deletion whether the record has no value
   */
  public Cells(
      String topic,
      int target,
      @Nullable Object[] values,
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

  /** What goes to the assignment of this position; null for a null of the record. */
  public @Nullable Object value(int assignment) {
    return values[assignment];
  }

  /** What goes to each assignment. */
  public List<@Nullable Object> values() {
    return Arrays.asList(values);
  }

  public @Nullable Map<String, @Nullable Object> rest() {
    return rest;
  }

  /** What goes to the field of this name of the rest; null for a null of the record. */
  public @Nullable Object rest(String name) {
    Object value = rest == null ? null : rest.get(name);
    return value != null || (rest != null && rest.containsKey(name)) ? value : MISSING;
  }

  /** Whether the record has no value. */
  public boolean deletion() {
    return deletion;
  }

  @Override
  public RecordOrigin origin() {
    return origin;
  }
}
