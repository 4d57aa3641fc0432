package io.datapoints.connect.config.door;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How the door answers where that is a matter of choice.
 *
 * @param exact whether KairosDB's own status codes are given where others are of more use
 * @param corsOrigins pages of which origins a browser lets write here; {@code *} for any
 * @param retryAfterSeconds the longest wait that a client is told before it repeats
 */
public record AnswerConfig(boolean exact, List<String> corsOrigins, int retryAfterSeconds) {

  static final String COMPATIBILITY = "datapoints.http.compatibility";
  static final String CORS_ORIGINS = "datapoints.http.cors.origins";
  static final String RETRY_AFTER_S = "datapoints.http.retry.after.s";

  private static final String ANY = "*";
  private static final String EXACT = "exact";

  public AnswerConfig {
    corsOrigins = List.copyOf(corsOrigins);
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "HTTP answers")
        .add(
            COMPATIBILITY,
            ConfigDef.Type.STRING,
            "default",
            Validators.oneOf(List.of("default", EXACT)),
            Importance.LOW,
            "Compatibility",
            "exact gives KairosDB's answers where the default differs: 500 in place of 400 for"
                + " values that cannot be converted, which many clients repeat for ever; 500 in"
                + " place of 503 from its health check; and CORS headers for any origin.")
        .add(
            CORS_ORIGINS,
            ConfigDef.Type.LIST,
            "",
            null,
            Importance.LOW,
            "CORS origins",
            "Origins whose pages may write from a browser, such as https://graphs.example; * for any,"
                + " as KairosDB has it. Leave empty for none.")
        .add(
            RETRY_AFTER_S,
            ConfigDef.Type.INT,
            5,
            between(1, 3600),
            Importance.LOW,
            "Retry after (s)",
            "Each 503 tells its client to repeat after 1 to so many seconds, a number drawn at"
                + " random, so that they do not all come back at once.");
  }

  static AnswerConfig from(AbstractConfig config) {
    boolean exact = config.getString(COMPATIBILITY).equalsIgnoreCase(EXACT);
    List<String> origins =
        config.getList(CORS_ORIGINS).stream().filter(origin -> !origin.isBlank()).toList();
    return new AnswerConfig(
        exact, exact && origins.isEmpty() ? List.of(ANY) : origins, config.getInt(RETRY_AFTER_S));
  }

  /** Whether pages of any origin may write. */
  public boolean anyOrigin() {
    return corsOrigins.contains(ANY);
  }
}
