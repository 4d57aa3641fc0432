package io.datapoints.connect;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/**
 * Renders the settings of the two connectors as Markdown, or those of their tables and collections:
 * those of both, then those of one alone, with a table for each group. Where a shared setting
 * differs, the row shows both. The door has settings of its own.
 */
final class SettingsTable {

  private static final String HEAD =
      "| Setting | Default | Valid | What it does |\n|---|---|---|---|\n";

  private final ConfigDef cassandra;
  private final ConfigDef mongodb;

  SettingsTable(ConfigDef cassandra, ConfigDef mongodb) {
    this.cassandra = cassandra;
    this.mongodb = mongodb;
  }

  /** With the settings of tables after those of connectors. */
  static String markdown(SettingsTable connectors, SettingsTable tables) {
    return connectors.connectors() + tables.tables();
  }

  /** The settings of one definition, a table for each group. */
  static String groups(ConfigDef definition) {
    return new SettingsTable(definition, definition).groups("## ", definition, each -> true);
  }

  private String tables() {
    return section(
            "Settings of a table or collection (`layout=table`)",
            cassandra,
            each -> in(mongodb, each))
        + section("Settings of a Cassandra table", cassandra, each -> !in(mongodb, each))
        + section("Settings of a MongoDB collection", mongodb, each -> !in(cassandra, each));
  }

  private String connectors() {
    return section("Settings of both connectors", cassandra, each -> in(mongodb, each))
        + section("Settings of the Cassandra connector", cassandra, each -> !in(mongodb, each))
        + section("Settings of the MongoDB connector", mongodb, each -> !in(cassandra, each));
  }

  private static boolean in(ConfigDef definition, ConfigKey key) {
    return definition.configKeys().containsKey(key.name);
  }

  private String section(String title, ConfigDef definition, Predicate<ConfigKey> wanted) {
    return "## " + title + "\n\n" + groups("### ", definition, wanted);
  }

  private String groups(String heading, ConfigDef definition, Predicate<ConfigKey> wanted) {
    StringBuilder markdown = new StringBuilder();
    for (String group : definition.groups()) {
      List<ConfigKey> keys =
          definition.configKeys().values().stream()
              .filter(key -> group.equals(key.group))
              .filter(wanted)
              .sorted(Comparator.comparingInt(key -> key.orderInGroup))
              .toList();
      if (!keys.isEmpty()) {
        markdown.append(heading).append(group).append("\n\n").append(HEAD);
        keys.forEach(key -> markdown.append(row(key)));
        markdown.append('\n');
      }
    }
    return markdown.toString();
  }

  private String row(ConfigKey key) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            key.name,
            either(key, SettingsTable::defaultOf, "%s, MongoDB %s"),
            cell(either(key, SettingsTable::valid, "%s, MongoDB %s")),
            cell(either(key, each -> each.documentation, "Cassandra: %s MongoDB: %s")));
  }

  /** What both connectors say about a setting, or what each of them says. */
  private String either(ConfigKey key, Function<ConfigKey, String> part, String both) {
    String said = part.apply(key);
    String other = part.apply(mongodb.configKeys().getOrDefault(key.name, key));
    return said.equals(other) ? said : both.formatted(said, other);
  }

  private static String defaultOf(ConfigKey key) {
    if (!key.hasDefault()) {
      return "";
    }
    // A default is no secret.
    String text =
        key.defaultValue instanceof Password password
            ? password.value()
            : ConfigDef.convertToString(key.defaultValue, key.type);
    return text == null || text.isEmpty() ? "" : "`" + cell(text) + "`";
  }

  private static String valid(ConfigKey key) {
    String type = key.type.name().toLowerCase(Locale.ROOT);
    if (key.validator == null) {
      return type;
    }
    String rule =
        String.valueOf(key.validator)
            .replaceFirst("^\\[(-?\\d+),\\.\\.\\.]$", "at least $1")
            .replaceFirst("^\\[(-?\\d+),\\.\\.\\.,(\\d+)]$", "$1 to $2");
    return type + ": " + rule;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}
