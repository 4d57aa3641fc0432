package io.datapoints.connect.observability;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the series in an expression of PromQL. This is no parser: it takes away what is
 * quoted, in braces, in brackets or a list of labels, and then all that is called or a keyword.
 */
final class PromQl {

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]{0,200}\"");
  private static final Pattern MATCHERS = Pattern.compile("\\{[^{}]{0,300}}");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\[\\]]{0,60}]");
  private static final Pattern LABELS =
      Pattern.compile(
          "\\b(?:by|without|on|ignoring|group_left|group_right)\\s{0,4}\\([^()]{0,200}\\)");

  /** A name that no other character of a name or number precedes and no parenthesis follows. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:.$])[A-Za-z_:][\\w:]{0,199}+(?!\\s{0,4}\\()");

  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

  private PromQl() {}

  /** The names, in order of the alphabet. */
  static Set<String> series(String expression) {
    String rest = expression;
    for (Pattern aside : new Pattern[] {QUOTED, MATCHERS, RANGE, LABELS}) {
      rest = aside.matcher(rest).replaceAll(" ");
    }
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(rest);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    names.removeAll(KEYWORDS);
    return names;
  }
}
