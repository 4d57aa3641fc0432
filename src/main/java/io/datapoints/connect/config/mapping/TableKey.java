package io.datapoints.connect.config.mapping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The key of one setting of one table: {@code topic.<topic>.<keyspace>.<table>.<setting>}. It is
 * parsed from its end, since the name of a topic may contain dots; a keyspace or table with a dot
 * must be in double quotes.
 *
 * @param prefix the key without the setting
 * @param topic the name of a topic, or a regular expression between slashes
 * @param database the keyspace or database, with placeholders for parts of the topic
 * @param table the table or collection, likewise
 * @param setting the name of the setting
 */
public record TableKey(String prefix, String topic, String database, String table, String setting) {

  static final String START = "topic.";

  private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^.\"]+)";

  /** The last three parts of a key; the topic precedes them. */
  private static final Pattern END = Pattern.compile("\\." + NAME + "\\." + NAME + "\\.([^.\"]*)$");

  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  private static final int MAX_CHARS = 2_000;

  /** Whether the key has the prefix of settings of tables. */
  static boolean covers(String key) {
    return key.startsWith(START);
  }

  /** Whether the key is well-formed and names a setting of a table. */
  public static boolean isOfTable(String key, MappedStore store) {
    if (!covers(key)) {
      return false;
    }
    try {
      String prefix = parse(key).prefix();
      return TableSettings.definition(store, prefix).names().contains(key);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /**
   * Parses a key.
   *
   * @throws IllegalArgumentException with the reason if the key is malformed
   */
  static TableKey parse(String key) {
    if (key.length() > MAX_CHARS) {
      throw new IllegalArgumentException("must not have more than " + MAX_CHARS + " characters");
    }
    Matcher end = END.matcher(key);
    if (!end.find(START.length() - 1) || end.start() < START.length()) {
      throw new IllegalArgumentException(
          "must be topic.<topic>.<keyspace or database>.<table or collection>.<setting>");
    }
    String topic = key.substring(START.length(), end.start());
    checkTopic(topic);
    return new TableKey(
        key.substring(0, end.start(3)),
        topic,
        unquoted(end.group(1)),
        unquoted(end.group(2)),
        end.group(3));
  }

  private static void checkTopic(String topic) {
    if (topic.startsWith("/")) {
      checkPattern(topic);
    } else if (!TOPIC.matcher(topic).matches()) {
      throw new IllegalArgumentException(
          "must name a topic (letters, digits, '.', '_', '-') or have a regular expression between"
              + " slashes in its place");
    }
  }

  private static void checkPattern(String topic) {
    if (topic.length() < 3 || !topic.endsWith("/")) {
      throw new IllegalArgumentException("must close the regular expression with a slash");
    }
    try {
      pattern(topic);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "has a regular expression that is wrong at its character "
              + (e.getIndex() + 1)
              + ": "
              + e.getDescription(),
          e);
    }
  }

  private static String unquoted(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  /** The pattern of the topics, or null if the key names one topic. */
  @Nullable Pattern pattern() {
    return topic.startsWith("/") ? pattern(topic) : null;
  }

  /** Whether the key is for this topic. */
  boolean matches(String name) {
    Pattern pattern = pattern();
    return pattern == null ? topic.equals(name) : pattern.matcher(name).matches();
  }

  private static Pattern pattern(String topic) {
    return Pattern.compile(topic.substring(1, topic.length() - 1));
  }
}
