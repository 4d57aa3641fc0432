package io.datapoints.connect.config.setting;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** Rules for single values. Their descriptions appear in the table of settings. */
public final class Validators {

  private Validators() {}

  /** A value that another rule accepts, or no value; Kafka's own rules reject an absent value. */
  public static Validator optional(Validator rule) {
    return LambdaValidator.with(
        (key, value) -> {
          if (value != null) {
            rule.ensureValid(key, value);
          }
        },
        rule::toString);
  }

  /** One of the names of an enum, ignoring case. */
  public static <E extends Enum<E>> Validator oneOf(Class<E> type) {
    return oneOf(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  /** One of these words, ignoring case. */
  public static Validator oneOf(List<String> words) {
    String description = String.join(", ", words);
    return text(
        description,
        value -> {
          if (words.stream().noneMatch(value::equalsIgnoreCase)) {
            throw new IllegalArgumentException("must be one of " + description);
          }
        });
  }

  /** The constant that a valid value names. */
  public static <E extends Enum<E>> E constant(Class<E> type, String value) {
    return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
  }

  /** A text that matches the pattern. */
  public static Validator matching(Pattern pattern, String description) {
    return text(
        description,
        value -> {
          if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("must be " + description);
          }
        });
  }

  /**
   * A text that a parser accepts.
   *
   * @param description the accepted values, for messages and documentation
   * @param parser throws IllegalArgumentException with the reason for a text that it rejects
   */
  public static Validator text(String description, Consumer<String> parser) {
    return LambdaValidator.with(
        (key, value) -> {
          if (!(value instanceof String text)) {
            throw new ConfigException(key, value, "must be " + description);
          }
          try {
            parser.accept(text);
          } catch (IllegalArgumentException e) {
            throw new ConfigException(key, value, e.getMessage());
          }
        },
        () -> description);
  }

  /**
   * A whole number.
   *
   * @param description the accepted numbers, for messages and documentation
   */
  public static Validator number(String description, IntPredicate accepted) {
    return LambdaValidator.with(
        (key, value) -> {
          if (!(value instanceof Integer number) || !accepted.test(number)) {
            throw new ConfigException(key, value, "must be " + description);
          }
        },
        () -> description);
  }

  /**
   * A list whose elements a parser accepts.
   *
   * @param description an accepted element, for messages and documentation
   * @param parser throws IllegalArgumentException with the reason for an element that it rejects
   */
  public static Validator each(String description, Consumer<String> parser) {
    Validator element = text(description, parser);
    return LambdaValidator.with(
        (key, value) -> {
          if (!(value instanceof List<?> list)) {
            throw new ConfigException(key, value, "must be a list of " + description);
          }
          list.forEach(each -> element.ensureValid(key, each));
        },
        () -> description + ", separated by commas");
  }
}
