package io.datapoints.connect.config;

import io.datapoints.connect.config.setting.Review;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Checks a MongoDB connection string as far as that needs no driver; the driver parses the rest
 * when the task starts. An option for which there is a setting is taken where both say the same,
 * and where it cannot weaken what the setting promises. Messages repeat only names of options,
 * since the rest may be secret.
 */
final class MongoUri {

  /** The write concerns that may be repeated in a message: no secret looks like one. */
  private static final String PLAIN_CONCERN = "majority|[0-9]{1,2}";

  private static final String UNSAFE = ": a write that the server calls done could be lost";

  private record Option(String name, String value) {}

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
    for (Option option : options(uri)) {
      String weaker = weaker(option);
      if (weaker != null) {
        throw new ConfigException(name + " must not have " + weaker);
      }
    }
  }

  /** What no setting could agree with: writes that are acknowledged before they are safe. */
  private static @Nullable String weaker(Option option) {
    return switch (option.name()) {
      case "w" -> option.value().equals("0") ? "w=0" + UNSAFE : null;
      case "journal", "j", "safe" ->
          option.value().equals("true") ? null : option.name() + "=false" + UNSAFE;
      default -> null;
    };
  }

  /** Compares the options with the settings for the same; both have to be valid by themselves. */
  static void review(String uri, Review review) {
    String concern = review.text(MongoConfig.WRITE_CONCERN);
    long timeout = review.number(MongoConfig.OPERATION_TIMEOUT_MS);
    for (Option option : options(uri)) {
      switch (option.name()) {
        case "w" -> {
          if (!option.value().equals(concern)) {
            String said = option.value().matches(PLAIN_CONCERN) ? "=" + option.value() : "";
            contradiction("w" + said, MongoConfig.WRITE_CONCERN, concern, review);
          }
        }
        case "timeoutms" -> {
          if (!option.value().equals(Long.toString(timeout))) {
            contradiction(
                "timeoutMS", MongoConfig.OPERATION_TIMEOUT_MS, Long.toString(timeout), review);
          }
        }
        case "wtimeoutms", "sockettimeoutms" -> {
          if (!isLonger(option.value(), timeout)) {
            contradiction(
                option.name().equals("wtimeoutms") ? "wTimeoutMS" : "socketTimeoutMS",
                MongoConfig.OPERATION_TIMEOUT_MS,
                timeout + ", which ends every operation and is longer",
                review);
          }
        }
        default -> {
          // Either for the driver, or checked already.
        }
      }
    }
  }

  private static void contradiction(String option, String setting, String value, Review review) {
    review.error(
        MongoConfig.URI,
        ("%s has %s, and %s is %s: take the option out of the connection string, or change the"
                + " setting")
            .formatted(MongoConfig.URI, option, setting, value));
  }

  /** Whether a timeout is none, or is over only after the operation is given up anyway. */
  private static boolean isLonger(String millis, long timeout) {
    try {
      long number = Long.parseLong(millis);
      return number == 0 || number >= timeout;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  /** Names in lower case, since the driver ignores their case. */
  private static List<Option> options(String uri) {
    List<Option> options = new ArrayList<>();
    int start = uri.indexOf('?');
    if (start >= 0) {
      for (String option : uri.substring(start + 1).split("[&;]", -1)) {
        String[] parts = option.split("=", 2);
        options.add(
            new Option(
                parts[0].toLowerCase(Locale.ROOT), parts.length == 1 ? "" : decoded(parts[1])));
      }
    }
    return options;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException undecodable) {
      return value;
    }
  }
}
