package io.datapoints.connect.config;

import io.datapoints.connect.config.cassandra.DriverOptions;
import io.datapoints.connect.config.setting.Review;
import io.datapoints.connect.mapping.parser.NearestName;
import java.util.List;
import java.util.Set;

/**
 * Refuses misspelt settings. Connect ignores names that it does not know, and a limit that is
 * silently not in force is worse than one that is refused.
 */
public final class UnknownSettings {

  /** The prefixes of the settings of this project's connectors; all other names are Connect's. */
  private static final List<String> PREFIXES =
      List.of(
          "layout",
          "batch.",
          "linger.",
          "buffer.",
          "max.in.flight.",
          "flush.",
          "retry.",
          "record.",
          "validation.",
          "validate.",
          "dry.",
          "timestamp.",
          "behavior.",
          "cassandra.",
          "mongodb.",
          "kairosdb.",
          "flows.",
          "influx.",
          "otlp.",
          "telegraf.");

  private UnknownSettings() {}

  /** Adds an error for each name that has one of the prefixes and is not known. */
  static void review(Set<String> given, Set<String> known, Review review) {
    for (String key : given) {
      if (DriverOptions.covers(key)) {
        DriverOptions.review(key, review);
      } else if (PREFIXES.stream().anyMatch(key::startsWith)) {
        review(key, known, "this connector", review);
      }
    }
  }

  /**
   * Adds an error for a name that is not known, with the nearest one that is.
   *
   * @param owner whose settings these are, as in "this connector"
   */
  public static void review(String key, Set<String> known, String owner, Review review) {
    if (!known.contains(key)) {
      review.error(key, message(key, known, owner));
    }
  }

  /** What is wrong with a name that is not known. */
  public static String message(String key, Set<String> known, String owner) {
    String nearest =
        NearestName.to(key, known).map(name -> "; did you mean " + name + "?").orElse("");
    return key + " is not a setting of " + owner + nearest;
  }
}
