package io.datapoints.connect.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a mapping reads from a record for one table or collection.
 *
 * <p>A value is a Boolean, Byte, Short, Integer, Long, BigInteger, Float, Double, BigDecimal,
 * String, {@link java.nio.ByteBuffer} (read-only use: duplicate it), {@link java.time.Instant},
 * {@link java.time.LocalDate}, {@link java.time.LocalTime}, {@link java.util.UUID}, a {@link
 * WrittenValue}, a {@link BsonValue}, a List of such values, or a Map from String to such values
 * (or from any of them where a converter made the map). A BigDecimal may be a {@link DecimalValue}.
 *
 * <p>A store distinguishes three things that are not values: {@link #MISSING} where the record has
 * no such field, which leaves the stored value; null where the field is null, for which the user's
 * setting for nulls counts; {@link #NULL} for a null that the mapping itself contains, which is
 * always written.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace.
public final class MappedRecord implements Sample {

  /** A null that is written whatever the setting for nulls is. */
  public static final Object NULL = named("null");

  /** The record has no such field, not even a null. */
  public static final Object MISSING = named("missing");

  /** The record has a text where a path goes on to a field or an element. */
  public static final InvalidValue NO_OBJECT =
      new InvalidValue("leads into a text; parse() reads the JSON in one");

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

  /** Whether this is not a value: a null of either kind, or missing. */
  public static boolean isNothing(@Nullable Object value) {
    return value == null || value == NULL || value == MISSING;
  }

  /**
   * @param topic the record's topic after any transform, to which the mapping belongs
   * @param target index of the target among those of the topic
   * @param values one for each assignment of the mapping, in its order; not changed any more
   * @param rest the fields of the mapping's rest, without the excepted ones; null if the mapping
   *     has no rest or the record no such object
   * @param deletion whether the record has no value
   */
  public MappedRecord(
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

  /** The value of the assignment at this position; null for a null of the record. */
  public @Nullable Object value(int assignment) {
    return values[assignment];
  }

  /** The values of the assignments. */
  public List<@Nullable Object> values() {
    return Arrays.asList(values);
  }

  public @Nullable Map<String, @Nullable Object> rest() {
    return rest;
  }

  /**
   * The value of a field of the rest; null for a null of the record, {@link #MISSING} for no such
   * field.
   */
  public @Nullable Object rest(String name) {
    Object value = rest == null ? null : rest.get(name);
    return value != null || (rest != null && rest.containsKey(name)) ? value : MISSING;
  }

  /** The same record with another rest. */
  public MappedRecord withRest(Map<String, @Nullable Object> other) {
    return new MappedRecord(topic, target, values, other, deletion, origin);
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
