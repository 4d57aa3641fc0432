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
final class UnknownSettings {

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
          "flows.");

  private UnknownSettings() {}

  /** Adds an error for each name that has one of the prefixes and is not known. */
  static void review(Set<String> given, Set<String> known, Review review) {
    for (String key : given) {
      if (DriverOptions.covers(key)) {
        DriverOptions.review(key, review);
      } else if (!known.contains(key) && PREFIXES.stream().anyMatch(key::startsWith)) {
        String nearest =
            NearestName.to(key, known).map(name -> "; did you mean " + name + "?").orElse("");
        review.error(key, key + " is not a setting of this connector" + nearest);
      }
    }
  }
}
