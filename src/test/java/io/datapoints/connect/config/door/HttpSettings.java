package io.datapoints.connect.config.door;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of HTTP from properties, for tests that need no others. */
public final class HttpSettings {

  private HttpSettings() {}

  /**
   * Reads them as the whole door does.
   *
   * @param properties names without {@code datapoints.http.}
   */
  public static HttpConfig of(Map<String, String> properties) {
    ConfigDef definition = new ConfigDef();
    HttpConfig.define(definition);
    Map<String, String> full = new HashMap<>();
    properties.forEach((name, value) -> full.put("datapoints.http." + name, value));
    return HttpConfig.from(new AbstractConfig(definition, full, false));
  }
}
