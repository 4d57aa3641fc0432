package io.datapoints.connect.format.graphite;

import io.datapoints.connect.config.format.GraphiteConfig;
import io.datapoints.connect.config.format.GraphiteTemplate;
import io.datapoints.connect.config.format.GraphiteTemplate.Part;
import io.datapoints.connect.config.format.GraphiteTemplate.Role;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.TagList;
import io.datapoints.connect.model.Rule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The metric and the tags that a path is: {@code servers.a.cpu.load;rack=b}. A template says what
 * its parts are; tags that the path itself has come before those of the template. Reused for one
 * path after another.
 */
final class MetricPath {

  private final GraphiteConfig settings;
  private final TagList tags = new TagList();
  private final Set<String> own = new HashSet<>();
  private String name = "";

  MetricPath(GraphiteConfig settings) {
    this.settings = settings;
  }

  /**
   * Reads a path.
   *
   * @throws PartFault the rest of a sentence that begins with the line
   */
  void read(String path) throws PartFault {
    tags.clear();
    own.clear();
    int end = path.indexOf(';');
    name = end < 0 ? path : path.substring(0, end);
    if (name.isEmpty()) {
      throw new PartFault(Rule.NAME, " has no path.");
    }
    if (end >= 0) {
      ownTags(path, end);
    }
    if (!settings.templates().isEmpty()) {
      String[] parts = name.split("\\.", -1);
      GraphiteTemplate template = template(parts);
      if (template != null) {
        apply(template, parts);
      }
    }
  }

  private void ownTags(String path, int first) throws PartFault {
    for (String tag : path.substring(first + 1).split(";", -1)) {
      int equals = tag.indexOf('=');
      if (equals < 1) {
        throw new PartFault(Rule.TAGS, " has a tag that is not name=value.");
      }
      own.add(tag.substring(0, equals));
      tags.add(tag.substring(0, equals), tag.substring(equals + 1));
    }
  }

  /** The first template that fits; the most specific ones come first. */
  private @Nullable GraphiteTemplate template(String[] path) {
    for (GraphiteTemplate template : settings.templates()) {
      if (fits(template, path)) {
        return template;
      }
    }
    return null;
  }

  /**
   * Whether the filter is how the path begins, a part of the path is the metric, and no part would
   * be lost: two paths that differ in it would be one series.
   */
  private static boolean fits(GraphiteTemplate template, String[] path) {
    if (template.filter().size() > path.length
        || (path.length > template.parts().size() && !template.greedy())) {
      return false;
    }
    for (int i = 0; i < template.filter().size(); i++) {
      String part = template.filter().get(i);
      if (!part.equals(GraphiteTemplate.ANY) && !part.equals(path[i])) {
        return false;
      }
    }
    return template.parts().stream()
        .limit(path.length)
        .anyMatch(part -> part.role() == Role.MEASUREMENT);
  }

  private void apply(GraphiteTemplate template, String[] path) {
    StringJoiner measurement = joiner();
    StringJoiner field = joiner();
    Map<String, StringJoiner> named = new LinkedHashMap<>();
    int last = template.parts().size() - 1;
    for (int i = 0; i < path.length; i++) {
      Part part = template.parts().get(Math.min(i, last));
      if (!path[i].isEmpty()) {
        switch (part.role()) {
          case MEASUREMENT -> measurement.add(path[i]);
          case FIELD -> field.add(path[i]);
          case TAG -> named.computeIfAbsent(part.tag(), tag -> joiner()).add(path[i]);
          case SKIPPED -> {}
        }
      }
    }
    name(measurement, field);
    named.forEach((tag, value) -> add(tag, value.toString()));
    template.tags().forEach(this::add);
  }

  private StringJoiner joiner() {
    return new StringJoiner(settings.separator()).setEmptyValue("");
  }

  /** A path whose parts for the metric are all empty stays the metric itself. */
  private void name(StringJoiner measurement, StringJoiner field) {
    if (measurement.length() > 0) {
      name =
          field.length() > 0 ? measurement + settings.separator() + field : measurement.toString();
    }
  }

  private void add(String tag, String value) {
    if (!own.contains(tag)) {
      tags.add(tag, value);
    }
  }

  /** The name of the metric. */
  String name() {
    return name;
  }

  TagList tags() {
    return tags;
  }
}
