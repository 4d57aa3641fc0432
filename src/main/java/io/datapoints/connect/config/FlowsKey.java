package io.datapoints.connect.config;

import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** What makes two flows the same one, of which the later record's value stays. */
public enum FlowsKey {
  /** The addresses, the protocol, the time and the ports. */
  FLOW,

  /** These and a field of the record, such as a number that the collector gives. */
  ID,

  /**
   * These and the place of the record: no two flows are the same one, and a replay changes none.
   */
  RECORD;

  public static final String SETTING = "flows.key";
  public static final String ID_FIELD = FlowsConfig.FIELD_PREFIX + "id";

  /** The column that is part of the key, beside those of every flow. */
  public Optional<String> column() {
    return this == FLOW ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Flows")
        .add(
            SETTING,
            ConfigDef.Type.STRING,
            "flow",
            Validators.oneOf(FlowsKey.class),
            Importance.MEDIUM,
            "Key",
            "What makes two flows the same one, of which the later record's value stays: `flow`,"
                + " addresses, protocol, time and ports; `id`, also the field of flows.field.id;"
                + " `record`, also the place of the record in Kafka, which keeps all apart. The"
                + " latter two need a table or collection of their own, with one more column in"
                + " the key.")
        .add(
            ID_FIELD,
            ConfigDef.Type.STRING,
            null,
            Validators.optional(
                Validators.text("field names separated by dots", FlowsConfig::split)),
            Importance.LOW,
            "Field of id",
            "With flows.key=id, where a record has what tells its flows apart, such as a sequence"
                + " number; a single value, stored as a text. Paths as in the other fields.");
  }

  static void review(Review review) {
    if (!review.sound(SETTING)) {
      return;
    }
    boolean needed = review.text(SETTING).equalsIgnoreCase(ID.name());
    if (needed && !review.given(ID_FIELD)) {
      review.error(ID_FIELD, SETTING + "=id needs " + ID_FIELD);
    }
    if (!needed && review.given(ID_FIELD) && !review.given(FlowsConfig.PRESET)) {
      review.error(ID_FIELD, ID_FIELD + " is for " + SETTING + "=id");
    }
  }
}
