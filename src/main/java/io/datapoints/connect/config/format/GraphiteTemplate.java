package io.datapoints.connect.config.format;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what the parts of a Graphite path are, in the form that Telegraf and InfluxDB have: {@code
 * [filter] template [tag=value,...]}.
 *
 * @param filter what the first parts of the path must be; {@code *} is any part, no filter any path
 * @param parts what each part of the path is, from the first one on
 * @param greedy whether the last one is all the parts that follow, too
 * @param tags of every point that it names
 */
public record GraphiteTemplate(
    List<String> filter, List<Part> parts, boolean greedy, Map<String, String> tags) {

  /** Any part of a path, in a filter. */
  public static final String ANY = "*";

  private static final int MAX_CHARS = 1_024;
  private static final int MAX_WORDS = 3;
  private static final String FORM = "must be: [filter] template [tag=value,tag=value]";

  /** What a part of a path becomes. */
  public enum Role {
    SKIPPED,
    MEASUREMENT,
    FIELD,
    TAG
  }

  /**
   * What a part of a path becomes.
   *
   * @param tag its name, empty for other roles
   */
  public record Part(Role role, String tag) {

    static Part of(String word) {
      return switch (word) {
        case "" -> new Part(Role.SKIPPED, "");
        case "measurement" -> new Part(Role.MEASUREMENT, "");
        case "field" -> new Part(Role.FIELD, "");
        default -> new Part(Role.TAG, word);
      };
    }
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with the reason for one that cannot work
   */
  static GraphiteTemplate parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "a template must not be longer than " + MAX_CHARS + " characters");
    }
    List<String> words = List.of(text.strip().split("\\s+", -1));
    boolean tagged = words.size() > 1 && words.get(words.size() - 1).contains("=");
    int untagged = words.size() - (tagged ? 1 : 0);
    if (words.size() > MAX_WORDS || untagged > 2 || words.get(0).isEmpty()) {
      throw fault(text, FORM);
    }
    List<String> filter = untagged == 2 ? filter(text, words.get(0)) : List.of();
    String template = words.get(untagged - 1);
    boolean greedy = template.equals("measurement*") || template.endsWith(".measurement*");
    greedy |= template.equals("field*") || template.endsWith(".field*");
    String plain = greedy ? template.substring(0, template.length() - 1) : template;
    Map<String, String> tags = tagged ? tags(text, words.get(words.size() - 1)) : Map.of();
    List<Part> parts = Arrays.stream(plain.split("\\.", -1)).map(Part::of).toList();
    check(text, parts, tags);
    return new GraphiteTemplate(filter, parts, greedy, tags);
  }

  private static List<String> filter(String text, String word) {
    List<String> filter = List.of(word.split("\\.", -1));
    if (filter.stream().anyMatch(part -> part.contains(ANY) && !part.equals(ANY))) {
      throw fault(text, "in a filter, * stands for a whole part of a path");
    }
    if (filter.contains("")) {
      throw fault(text, "its filter has an empty part");
    }
    return filter;
  }

  private static Map<String, String> tags(String text, String word) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : word.split(",", -1)) {
      int equals = tag.indexOf('=');
      if (equals < 1 || equals == tag.length() - 1) {
        throw fault(text, "its tags must be tag=value,tag=value");
      }
      if (tags.put(tag.substring(0, equals), tag.substring(equals + 1)) != null) {
        throw fault(text, "it has a tag twice");
      }
    }
    return tags;
  }

  private static void check(String text, List<Part> parts, Map<String, String> tags) {
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      names.add(part.tag());
      if (part.tag().contains(ANY)) {
        throw fault(text, "* may only follow measurement or field at its end");
      }
      if (part.tag().contains("=")) {
        throw fault(text, FORM);
      }
    }
    if (parts.stream().noneMatch(part -> part.role() == Role.MEASUREMENT)) {
      throw fault(text, "it has no measurement, so there would be no metric");
    }
    if (tags.keySet().stream().anyMatch(names::contains)) {
      throw fault(text, "a part of the path and a value give the same tag");
    }
  }

  private static IllegalArgumentException fault(String text, String reason) {
    return new IllegalArgumentException("the template \"" + text.strip() + "\": " + reason);
  }
}
