package io.datapoints.connect;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Renders the settings of a connector as Markdown, one table for each group. */
final class SettingsTable {

  private static final String HEAD =
      "| Setting | Default | Valid | What it does |\n|---|---|---|---|\n";

  private SettingsTable() {}

  static String of(ConfigDef definition) {
    StringBuilder markdown = new StringBuilder();
    for (String group : definition.groups()) {
      List<ConfigKey> keys =
          definition.configKeys().values().stream()
              .filter(key -> group.equals(key.group))
              .sorted(Comparator.comparingInt(key -> key.orderInGroup))
              .toList();
      markdown.append("#### ").append(group).append("\n\n").append(HEAD);
      keys.forEach(key -> markdown.append(row(key)));
      markdown.append('\n');
    }
    return markdown.toString();
  }

  private static String row(ConfigKey key) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(key.name, defaultOf(key), cell(valid(key)), cell(key.documentation));
  }

  private static String defaultOf(ConfigKey key) {
    String text = ConfigDef.convertToString(key.defaultValue, key.type);
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
