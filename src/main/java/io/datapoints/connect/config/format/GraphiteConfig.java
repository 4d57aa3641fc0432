package io.datapoints.connect.config.format;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How Graphite's lines become points.
 *
 * @param templates for paths; of those that fit a path the first one counts
 * @param separator between parts of a path that become one name or value
 */
public record GraphiteConfig(List<GraphiteTemplate> templates, String separator) {

  public static final String TEMPLATES = "graphite.templates";
  public static final String SEPARATOR = "graphite.separator";

  static final List<String> ALL = List.of(TEMPLATES, SEPARATOR);

  private static final int MAX_TEMPLATES = 100;

  static void define(ConfigDef definition) {
    new SettingGroup(definition, FormatConfig.GROUP)
        .add(
            TEMPLATES,
            ConfigDef.Type.STRING,
            "",
            Validators.text("templates, separated by semicolons", GraphiteConfig::parse),
            Importance.MEDIUM,
            "Graphite templates",
            "What the parts of paths are, as Telegraf's templates say it: `[filter] template"
                + " [tag=value,...]`, such as `servers.* .host.measurement* region=eu`, several"
                + " separated by semicolons. Of those whose filter fits a path the most specific"
                + " one counts; without one, the path is the metric.")
        .add(
            SEPARATOR,
            ConfigDef.Type.STRING,
            ".",
            Validators.text("up to 16 characters", Separators::check),
            Importance.LOW,
            "Graphite separator",
            "What stands between the parts of a path that become one metric, or one tag.");
  }

  /** The templates, the most specific ones first. */
  private static List<GraphiteTemplate> parse(String text) {
    List<GraphiteTemplate> templates = new ArrayList<>();
    Set<List<String>> filters = new HashSet<>();
    if (text.isBlank()) {
      return templates;
    }
    for (String each : text.split(";", -1)) {
      if (templates.size() == MAX_TEMPLATES) {
        throw new IllegalArgumentException("must not be more than " + MAX_TEMPLATES + " templates");
      }
      GraphiteTemplate template = GraphiteTemplate.parse(each);
      if (!filters.add(template.filter())) {
        throw new IllegalArgumentException(
            "the template \"" + each.strip() + "\": another one has the same filter, or none too");
      }
      templates.add(template);
    }
    templates.sort(Comparator.comparing(GraphiteTemplate::filter, GraphiteConfig::bySpecificity));
    return templates;
  }

  /**
   * From left to right, a part that is named comes before one that may be any; of two filters of
   * which one goes on where the other ends, the longer one comes first.
   */
  private static int bySpecificity(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      boolean any = left.get(i).equals(GraphiteTemplate.ANY);
      if (any != right.get(i).equals(GraphiteTemplate.ANY)) {
        return any ? 1 : -1;
      }
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return right.size() - left.size();
  }

  static GraphiteConfig from(AbstractConfig config) {
    return new GraphiteConfig(
        List.copyOf(parse(config.getString(TEMPLATES))), config.getString(SEPARATOR));
  }
}
