package io.datapoints.connect.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Checks a MongoDB connection string as far as that needs no driver; the driver parses the rest
 * when the task starts. Messages repeat only names of options, since the rest may be secret.
 */
final class MongoUri {

  /** Options that have settings of their own, because the guarantees depend on them. */
  private static final List<String> RESERVED =
      List.of("w", "timeoutms", "wtimeoutms", "journal", "sockettimeoutms");

  private MongoUri() {}

  static Validator validator() {
    return LambdaValidator.with(
        (name, value) -> {
          if (value instanceof Password password) {
            check(name, password.value());
          }
        },
        () -> "a connection string");
  }

  private static void check(String name, String uri) {
    if (!uri.startsWith("mongodb://") && !uri.startsWith("mongodb+srv://")) {
      throw new ConfigException(name + " must begin with mongodb:// or mongodb+srv://");
    }
    int options = uri.indexOf('?');
    if (options < 0) {
      return;
    }
    Arrays.stream(uri.substring(options + 1).split("[&;]"))
        .map(option -> option.split("=", 2)[0])
        .filter(option -> RESERVED.contains(option.toLowerCase(Locale.ROOT)))
        .findFirst()
        .ifPresent(
            option -> {
              throw new ConfigException(
                  name
                      + " must not set "
                      + option
                      + ": mongodb.write.concern and mongodb.operation.timeout.ms do");
            });
  }
}
