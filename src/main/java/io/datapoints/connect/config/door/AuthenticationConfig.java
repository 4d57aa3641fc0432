package io.datapoints.connect.config.door;

import io.datapoints.connect.config.setting.SettingGroup;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Who may write.
 *
 * @param schemes a client needs one of these; empty if anybody may write
 * @param passwordFile there with {@link Scheme#BASIC}
 * @param tokenFile there with {@link Scheme#BEARER}
 * @param metrics whether the door's metrics are for authenticated clients alone as well
 */
public record AuthenticationConfig(
    Set<Scheme> schemes, @Nullable Path passwordFile, @Nullable Path tokenFile, boolean metrics) {

  /** How a client shows who it is. */
  public enum Scheme {
    /** Name and password. */
    BASIC,
    /** A token that whoever has it may use. */
    BEARER,
    /** A certificate of its own. */
    MTLS
  }

  public static final String AUTH = "datapoints.http.auth";
  public static final String BASIC_FILE = "datapoints.http.auth.basic.file";
  public static final String BEARER_FILE = "datapoints.http.auth.bearer.file";
  static final String AUTH_METRICS = "datapoints.http.auth.metrics";

  private static final String NONE = "none";

  public AuthenticationConfig {
    schemes = Set.copyOf(schemes);
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "HTTP authentication")
        .add(
            AUTH,
            ConfigDef.Type.LIST,
            NONE,
            null,
            Importance.HIGH,
            "Authentication",
            "none, or a list of basic, bearer and mtls, of which a client needs one. Health checks"
                + " need none.")
        .add(
            BASIC_FILE,
            ConfigDef.Type.STRING,
            null,
            new NonEmptyString(),
            Importance.MEDIUM,
            "Password file",
            "File on the worker with one client a line:"
                + " name:pbkdf2-sha256:iterations:salt:hash, the last two in Base64. It is read"
                + " again when it changes.")
        .add(
            BEARER_FILE,
            ConfigDef.Type.STRING,
            null,
            new NonEmptyString(),
            Importance.MEDIUM,
            "Token file",
            "File on the worker with one client a line: name:hash, the SHA-256 of its token in"
                + " hexadecimal. It is read again when it changes.")
        .add(
            AUTH_METRICS,
            ConfigDef.Type.BOOLEAN,
            true,
            null,
            Importance.LOW,
            "Authenticate metrics",
            "Whether /metrics and /api/v1/metrics need authentication as well.");
  }

  /**
   * @throws ConfigException naming the property
   */
  static AuthenticationConfig from(AbstractConfig config) {
    Set<Scheme> schemes = schemes(config.getList(AUTH));
    return new AuthenticationConfig(
        schemes,
        file(config, BASIC_FILE, schemes.contains(Scheme.BASIC), "basic"),
        file(config, BEARER_FILE, schemes.contains(Scheme.BEARER), "bearer"),
        config.getBoolean(AUTH_METRICS));
  }

  private static Set<Scheme> schemes(List<String> names) {
    Set<Scheme> schemes = EnumSet.noneOf(Scheme.class);
    boolean none = false;
    for (String name : names) {
      switch (name.trim().toLowerCase(Locale.ROOT)) {
        case NONE -> none = true;
        case "basic" -> schemes.add(Scheme.BASIC);
        case "bearer" -> schemes.add(Scheme.BEARER);
        case "mtls" -> schemes.add(Scheme.MTLS);
        default -> throw new ConfigException(AUTH + " must be none, or of basic, bearer and mtls");
      }
    }
    if (none == schemes.isEmpty()) {
      return schemes;
    }
    throw new ConfigException(
        none
            ? AUTH + " has none beside other words: anybody could write"
            : AUTH + " is empty; none lets anybody write");
  }

  private static @Nullable Path file(
      AbstractConfig config, String key, boolean needed, String scheme) {
    String file = config.getString(key);
    if (needed && file == null) {
      throw new ConfigException(key + " is missing: " + AUTH + " has " + scheme);
    }
    if (!needed && file != null) {
      throw new ConfigException(key + " has no effect: " + AUTH + " has no " + scheme);
    }
    return file == null ? null : Path.of(file);
  }
}
