package io.datapoints.connect.config.setting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;

/**
 * The parsed values of a configuration while the rules between them are checked, and the place
 * where a broken rule is noted: on the setting that the user has to change. Used by one thread.
 */
public final class Review {

  private final Map<String, ConfigValue> values;

  public Review(Collection<ConfigValue> parsed) {
    values = new LinkedHashMap<>();
    parsed.forEach(value -> values.put(value.name(), value));
  }

  /** Whether all of these settings are present and valid by themselves. */
  public boolean sound(String... keys) {
    for (String key : keys) {
      ConfigValue value = values.get(key);
      if (value == null || value.value() == null || !value.errorMessages().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the setting has a value at all, valid or not. */
  public boolean given(String key) {
    ConfigValue value = values.get(key);
    return value != null && (value.value() != null || !value.errorMessages().isEmpty());
  }

  /** The value of a sound setting with a whole number. */
  public long number(String key) {
    return ((Number) value(key)).longValue();
  }

  /** The value of a sound setting with a text. */
  public String text(String key) {
    return String.valueOf(value(key));
  }

  /** Whether a sound switch is on. */
  public boolean on(String key) {
    return sound(key) && value(key) instanceof Boolean value && value;
  }

  /** The first number must not be above the second; if it is, the first setting is at fault. */
  public void atMost(String key, String limitKey, String why) {
    if (sound(key, limitKey) && number(key) > number(limitKey)) {
      object(key, key + " must not be above " + limitKey + " (" + number(limitKey) + "): " + why);
    }
  }

  /** Notes a broken rule on a setting, known or not. The value itself is never repeated. */
  public void object(String key, String message) {
    values.computeIfAbsent(key, ConfigValue::new).addErrorMessage(message);
  }

  /** All settings, with what was found wrong. */
  public List<ConfigValue> values() {
    return List.copyOf(values.values());
  }

  /** Everything that was found wrong, in the order of the settings. */
  public List<String> messages() {
    List<String> messages = new ArrayList<>();
    values.values().forEach(value -> messages.addAll(value.errorMessages()));
    return messages;
  }

  private Object value(String key) {
    ConfigValue value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("No setting " + key);
    }
    return value.value();
  }
}
