package io.datapoints.connect.config.setting;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/**
 * Adds the settings of one group to a {@link ConfigDef}, in the order of the calls. Several records
 * may add to the same group.
 */
public final class SettingGroup {

  private final ConfigDef definition;
  private final String name;

  public SettingGroup(ConfigDef definition, String name) {
    this.definition = definition;
    this.name = name;
  }

  /**
   * Adds one setting.
   *
   * @param validator null if all values of the type are valid
   * @param title the label in a form
   * @param doc the unit and the effect, in one or two sentences
   */
  public SettingGroup add(
      String key,
      ConfigDef.Type type,
      @Nullable Object defaultValue,
      ConfigDef.@Nullable Validator validator,
      Importance importance,
      String title,
      String doc) {
    definition.define(
        key,
        type,
        defaultValue,
        validator,
        importance,
        doc,
        name,
        nextOrder(),
        widthOf(type),
        title);
    return this;
  }

  private int nextOrder() {
    long present =
        definition.configKeys().values().stream().filter(key -> name.equals(key.group)).count();
    return Math.toIntExact(present) + 1;
  }

  private static Width widthOf(ConfigDef.Type type) {
    return switch (type) {
      case BOOLEAN, SHORT, INT, LONG, DOUBLE -> Width.SHORT;
      case STRING, PASSWORD, CLASS -> Width.MEDIUM;
      case LIST -> Width.LONG;
    };
  }
}
