package io.datapoints.connect.mapping.parser;

import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Assignment.Operation;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.Mapping.Rest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses a mapping by recursive descent:
 *
 * <pre>
 * mapping    := entry {"," entry}
 * entry      := target ("=" | "+=") expression
 *             | "*" "=" object ["except" "(" name {"," name} ")"]
 * target     := name {"." name}
 * expression := path | literal | function "(" [expression {"," expression}] ")"
 * object     := path | "ejson" "(" path ")"
 * path       := (root | quoted | "parse" "(" path ")") {"." name | "[" digits "]"}
 * root       := value | key | header | topic | partition | offset | timestamp
 * quoted     := a path of one step in double quotes: "value.my field"
 * literal    := 'text' | number | true | false | null
 * name       := letters, digits and underscores, or anything in double quotes
 * </pre>
 *
 * <p>Names are case-sensitive. In a path, a name may have dashes after its first character. The
 * mappings of the DataStax connector have the same meaning here.
 */
public final class MappingParser {

  static final int MAX_CHARS = 65_536;

  static final int MAX_ASSIGNMENTS = 1_000;

  private final MappingText text;
  private final ExpressionParser expressions;
  private final Targets targets = new Targets();
  private final List<Assignment> assignments = new ArrayList<>();
  private @Nullable Rest rest;

  private MappingParser(String mapping) {
    this.text = new MappingText(mapping);
    this.expressions = new ExpressionParser(text);
  }

  /**
   * Parses a mapping.
   *
   * @throws MappingSyntaxException for a syntax error, or a column that is assigned twice
   */
  public static Mapping parse(String mapping) {
    if (mapping.length() > MAX_CHARS) {
      throw new MappingSyntaxException(
          MAX_CHARS + 1, "a mapping has at most " + MAX_CHARS + " characters");
    }
    return new MappingParser(mapping).mapping();
  }

  private Mapping mapping() {
    do {
      entry();
    } while (text.take(','));
    if (!text.ended()) {
      throw text.expected("',' and the next column, or the end");
    }
    return new Mapping(List.copyOf(assignments), rest);
  }

  private void entry() {
    int column = text.column();
    if (text.take('*')) {
      rest(column);
    } else if (assignments.size() == MAX_ASSIGNMENTS) {
      throw new MappingSyntaxException(
          column, "a mapping has at most " + MAX_ASSIGNMENTS + " columns");
    } else {
      assignment(column);
    }
  }

  private void assignment(int column) {
    List<String> path = target();
    targets.add(path, column);
    Operation operation = operation(path);
    assignments.add(new Assignment(path, operation, expressions.expression()));
  }

  private List<String> target() {
    List<String> path = new ArrayList<>();
    do {
      if (path.size() == ExpressionParser.MAX_STEPS) {
        throw text.expected("at most " + ExpressionParser.MAX_STEPS + " names in a column");
      }
      path.add(text.name(path.isEmpty() ? "a column name" : "a field name after '.'"));
    } while (text.take('.'));
    return List.copyOf(path);
  }

  private Operation operation(List<String> path) {
    int column = text.column();
    if (text.take('=')) {
      return Operation.SET;
    }
    if (!text.take('+') || !text.take('=')) {
      throw new MappingSyntaxException(column, "expected '=' or '+=' after the column name");
    }
    if (Targets.pseudo(path)) {
      throw new MappingSyntaxException(column, "expected '=' after a pseudo column");
    }
    return Operation.ADD;
  }

  private void rest(int column) {
    if (rest != null) {
      throw new MappingSyntaxException(column, "expected only one '*' in a mapping");
    }
    text.expect('=', "'=' after '*'");
    Expression source = expressions.object();
    rest = new Rest(source, except());
  }

  private Set<String> except() {
    if (!text.atWord()) {
      return Set.of();
    }
    int column = text.column();
    if (!text.word("except").equals("except")) {
      throw new MappingSyntaxException(column, "expected 'except', ',' or the end");
    }
    text.expect('(', "'(' after except");
    Set<String> names = new LinkedHashSet<>();
    do {
      names.add(text.fieldName("a field name"));
    } while (text.take(','));
    text.expect(')', "',' or ')'");
    return Set.copyOf(names);
  }
}
