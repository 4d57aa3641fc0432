package io.datapoints.connect.config.door;

import io.datapoints.connect.config.setting.SettingGroup;
import java.net.URI;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The listeners.
 *
 * @param listeners where they listen
 */
public record HttpConfig(List<URI> listeners) {

  static final String LISTENERS = "datapoints.http.listeners";

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Listeners")
        .add(
            LISTENERS,
            ConfigDef.Type.LIST,
            ConfigDef.NO_DEFAULT_VALUE,
            null,
            Importance.HIGH,
            "Listeners",
            "Where the door listens.");
  }

  static HttpConfig from(AbstractConfig config) {
    return new HttpConfig(config.getList(LISTENERS).stream().map(URI::create).toList());
  }
}
