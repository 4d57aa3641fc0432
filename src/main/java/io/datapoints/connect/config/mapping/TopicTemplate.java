package io.datapoints.connect.config.mapping;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table or keyspace with placeholders: {@code ${topic}} for the topic, {@code ${1}}
 * for the text that the first group of the topic's regular expression matched.
 */
record TopicTemplate(String text) {

  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern GROUP = Pattern.compile("[0-9]{1,2}");
  private static final String TOPIC = "topic";

  /** Whether the name has placeholders. */
  boolean hasPlaces() {
    return text.contains("${");
  }

  /**
   * The error in the placeholders, or null.
   *
   * @param groups the number of groups in the regular expression
   */
  @Nullable String problem(int groups) {
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      String name = place.group(1);
      boolean group = GROUP.matcher(name).matches();
      if (!group && !name.equals(TOPIC)) {
        return "has a ${} that is neither ${topic} nor the number of a group";
      }
      if (group && Integer.parseInt(name) > groups) {
        return "refers to group " + name + ", but its regular expression has " + groups;
      }
    }
    return place.replaceAll("").contains("${") ? "has a ${ without its }" : null;
  }

  /** The name for a topic; empty if all of it comes from groups that matched nothing. */
  String fill(String topic, MatchResult groups) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), topic, groups)));
  }

  private static String value(String name, String topic, MatchResult groups) {
    if (name.equals(TOPIC)) {
      return topic;
    }
    String matched = groups.group(Integer.parseInt(name));
    return matched == null ? "" : matched;
  }
}
