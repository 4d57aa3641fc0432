package io.datapoints.connect.mapping.parser;

import io.datapoints.connect.mapping.Condition;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.mapping.Expression.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a condition: {@code type = flow}, {@code type != flow}, {@code type in (flow, netflow)},
 * {@code type not in (start, end)}, and {@code type} alone for a value that is there, joined by
 * {@code and} and {@code or}, of which {@code and} binds closer. A value that has other characters
 * than a word stands in single quotes.
 */
public final class ConditionParser {

  private static final int MAX_TESTS = 32;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:('(?:[^']|'')*')|(!=|[=(),])|([^\\s=!(),']+))\\s*");
  private static final String END = "";

  private final List<String> tokens;
  private final Function<String, List<String>> names;
  private int position;

  private ConditionParser(List<String> tokens, Function<String, List<String>> names) {
    this.tokens = tokens;
    this.names = names;
  }

  /**
   * Parses a condition on the fields of a value.
   *
   * @param names splits a path into its names
   * @throws IllegalArgumentException with the reason if the text is none
   */
  public static Condition parse(String text, Function<String, List<String>> names) {
    return new ConditionParser(tokens(text), names).condition();
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.lookingAt()) {
      tokens.add(token.group().strip());
      token.region(token.end(), text.length());
    }
    if (token.regionStart() < text.length()) {
      throw new IllegalArgumentException(
          "has something at character " + (token.regionStart() + 1) + " that is no condition");
    }
    return tokens;
  }

  private Condition condition() {
    List<List<Condition.Test>> alternatives = new ArrayList<>();
    int tests = 0;
    do {
      List<Condition.Test> together = new ArrayList<>();
      do {
        if (tests++ == MAX_TESTS) {
          throw new IllegalArgumentException("must not have more than " + MAX_TESTS + " tests");
        }
        together.add(test());
      } while (take("and"));
      alternatives.add(List.copyOf(together));
    } while (take("or"));
    if (!peek().equals(END)) {
      throw expected("'and' or 'or'");
    }
    return new Condition(List.copyOf(alternatives));
  }

  private Condition.Test test() {
    Path path = path();
    if (take("=")) {
      return new Condition.Test(path, Set.of(value()), false);
    }
    if (take("!=")) {
      return new Condition.Test(path, Set.of(value()), true);
    }
    boolean negated = take("not");
    if (take("in")) {
      return new Condition.Test(path, values(), negated);
    }
    if (negated) {
      throw expected("'in' after 'not'");
    }
    return new Condition.Test(path, Set.of(), false);
  }

  private Path path() {
    String path = peek();
    if (path.equals(END) || !isWord(path)) {
      throw expected("the path of a field");
    }
    position++;
    return new Path(Root.VALUE, names.apply(path).stream().<Step>map(Step.Field::new).toList());
  }

  private Set<String> values() {
    if (!take("(")) {
      throw expected("'(' and the values");
    }
    Set<String> values = new LinkedHashSet<>();
    do {
      values.add(value());
    } while (take(","));
    if (!take(")")) {
      throw expected("',' or ')'");
    }
    return Set.copyOf(values);
  }

  private String value() {
    String token = peek();
    boolean quoted = token.startsWith("'");
    if (token.equals(END) || (!quoted && !isWord(token))) {
      throw expected("a value");
    }
    position++;
    return quoted ? token.substring(1, token.length() - 1).replace("''", "'") : token;
  }

  private static boolean isWord(String token) {
    return "!=(),'".indexOf(token.charAt(0)) < 0;
  }

  private boolean take(String token) {
    if (!peek().equals(token)) {
      return false;
    }
    position++;
    return true;
  }

  private String peek() {
    return position < tokens.size() ? tokens.get(position) : END;
  }

  private IllegalArgumentException expected(String what) {
    String found = peek();
    return new IllegalArgumentException(
        "expected " + what + (found.equals(END) ? " at the end" : " before " + found));
  }
}
