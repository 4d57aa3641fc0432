package io.datapoints.connect.config.setting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Parsed values while the rules between them are checked. It collects the errors, each on the
 * setting that the user has to change. Not thread-safe.
 */
public final class Review {

  private final Map<String, ConfigValue> values;

  public Review(Collection<ConfigValue> parsed) {
    values = new LinkedHashMap<>();
    parsed.forEach(value -> values.put(value.name(), value));
  }

  /** Whether each of these settings has a value that is valid by itself. */
  public boolean sound(String... keys) {
    for (String key : keys) {
      ConfigValue value = values.get(key);
      if (value == null || value.value() == null || !value.errorMessages().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the setting has a value, valid or not. */
  public boolean given(String key) {
    ConfigValue value = values.get(key);
    return value != null && (value.value() != null || !value.errorMessages().isEmpty());
  }

  /** The value of a sound setting that is a whole number. */
  public long number(String key) {
    return ((Number) value(key)).longValue();
  }

  /** The value of a sound setting as text. */
  public String text(String key) {
    return String.valueOf(value(key));
  }

  /** Whether a boolean setting is sound and true. */
  public boolean on(String key) {
    return sound(key) && value(key) instanceof Boolean value && value;
  }

  /** Adds an error to the first setting if its number is above that of the second. */
  public void atMost(String key, String limitKey, String why) {
    if (sound(key, limitKey) && number(key) > number(limitKey)) {
      error(key, key + " must not be above " + limitKey + " (" + number(limitKey) + "): " + why);
    }
  }

  /** Adds an error to a setting, known or not. The message must not repeat the value. */
  public void error(String key, String message) {
    values.computeIfAbsent(key, ConfigValue::new).addErrorMessage(message);
  }

  /** All settings with their errors. */
  public List<ConfigValue> values() {
    return List.copyOf(values.values());
  }

  /** All errors, in the order of the settings. */
  public List<String> messages() {
    List<String> messages = new ArrayList<>();
    values.values().forEach(value -> messages.addAll(value.errorMessages()));
    return messages;
  }

  /** The value of a sound setting. */
  public Object value(String key) {
    ConfigValue value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("No setting " + key);
    }
    return value.value();
  }
}
