package io.datapoints.connect.mapping.parser;

import io.datapoints.connect.mapping.BucketUnit;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Expression.Call;
import io.datapoints.connect.mapping.Expression.Literal;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.mapping.TimestampUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses the expressions of a mapping: paths, literals and calls. Used by one parser. */
final class ExpressionParser {

  /** Steps of a path, and names of a target. */
  static final int MAX_STEPS = 32;

  /** Calls within calls. */
  static final int MAX_DEPTH = 16;

  /** Characters of a number. */
  static final int MAX_NUMBER_CHARS = 100;

  /** Steps into the JSON of a text, and so is no function: a path may continue behind it. */
  private static final String PARSE = "parse";

  private static final int MAX_EXPONENT = 400;
  private static final int MAX_INDEX_DIGITS = 6;

  private static final String ROOTS =
      Arrays.stream(Root.values()).map(ExpressionParser::word).collect(Collectors.joining(", "));

  private static final String EXPRESSION =
      "a path (" + ROOTS + "), a function, a 'text', a number, true, false or null";

  private static final String OBJECT = "a path to an object: value, key or header";

  private final MappingText text;

  ExpressionParser(MappingText text) {
    this.text = text;
  }

  /** Parses the right side of an assignment. */
  Expression expression() {
    return expression(0);
  }

  /** Parses the source of {@code *}: the path to an object, or {@code ejson} of it. */
  Expression object() {
    int column = text.column();
    String word = text.word(OBJECT);
    if (word.equals(Function.EJSON.word()) && text.take('(')) {
      Path path = objectPath(text.column(), text.word(OBJECT));
      text.expect(')', "')'");
      return new Call(Function.EJSON, List.of(path));
    }
    return objectPath(column, word);
  }

  private Path objectPath(int column, String word) {
    if (word.equals(PARSE) && text.take('(')) {
      return parsed(0);
    }
    Root root = root(word);
    if (root == null || !leadsOn(root)) {
      throw new MappingSyntaxException(column, "expected " + OBJECT);
    }
    return path(root);
  }

  private Expression expression(int depth) {
    if (text.peek() == '\'') {
      return new Literal(text.quoted());
    }
    if (text.peek() == '"') {
      return quotedPath();
    }
    if (text.atNumber()) {
      return number();
    }
    int column = text.column();
    String word = text.word(EXPRESSION);
    if (text.take('(')) {
      return word.equals(PARSE) ? parsed(depth) : call(word, column, depth);
    }
    return switch (word) {
      case "true" -> new Literal(true);
      case "false" -> new Literal(false);
      case "null" -> new Literal(null);
      default -> path(word, column);
    };
  }

  private Literal number() {
    int column = text.column();
    String number = text.number();
    if (number.length() > MAX_NUMBER_CHARS) {
      throw new MappingSyntaxException(
          column, "a number has at most " + MAX_NUMBER_CHARS + " characters");
    }
    try {
      return new Literal(value(new BigDecimal(number)));
    } catch (ArithmeticException | NumberFormatException beyondEveryExponent) {
      throw new MappingSyntaxException(column, "the exponent of the number is out of range");
    }
  }

  private static Object value(BigDecimal number) {
    if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
      throw new ArithmeticException("exponent");
    }
    boolean whole = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
    return whole ? (Object) number.longValueExact() : number;
  }

  private Path path(String word, int column) {
    Root root = root(word);
    if (root == null) {
      throw new MappingSyntaxException(column, "expected " + EXPRESSION);
    }
    return path(root);
  }

  /** Parses what follows {@code parse(}: the path of a text, and the steps into its JSON. */
  private Path parsed(int depth) {
    int column = text.column();
    if (depth == MAX_DEPTH) {
      throw tooDeep(column);
    }
    if (!(expression(depth + 1) instanceof Path inner) || !leadsOn(inner.root())) {
      throw new MappingSyntaxException(column, "expected a path to a text: value, key or header");
    }
    text.expect(')', "')'");
    List<Step> steps = new ArrayList<>(inner.steps());
    boolean whole = steps.isEmpty();
    // A path into a key or value reads its JSON anyway.
    if (!whole || !(text.peek() == '.' || text.peek() == '[')) {
      steps.add(new Step.Parsed());
    }
    return path(inner.root(), steps);
  }

  private static MappingSyntaxException tooDeep(int column) {
    return new MappingSyntaxException(
        column, "expected calls within calls to be at most " + MAX_DEPTH + " deep");
  }

  /**
   * Parses a path in quotes, such as {@code "value.my field"}: all that follows the first dot is
   * the name of one field.
   */
  private Path quotedPath() {
    int column = text.column();
    String quoted = text.quoted();
    int dot = quoted.indexOf('.');
    Root root = root(dot < 0 ? quoted : quoted.substring(0, dot));
    if (root == null || !leadsOn(root) || dot == quoted.length() - 1) {
      throw new MappingSyntaxException(
          column,
          "expected a path in the double quotes, as in \"value.my field\"; a text stands in single"
              + " ones");
    }
    List<Step> steps = new ArrayList<>();
    if (dot > 0) {
      steps.add(new Step.Field(quoted.substring(dot + 1)));
    }
    return path(root, steps);
  }

  /** Parses the steps after a root. */
  private Path path(Root root) {
    return path(root, new ArrayList<>());
  }

  /** Parses the further steps of a path. */
  private Path path(Root root, List<Step> steps) {
    while (text.peek() == '.' || text.peek() == '[') {
      if (!leadsOn(root)) {
        throw text.expected("nothing below " + word(root) + ", which is a single value");
      }
      if (steps.size() == MAX_STEPS) {
        throw text.expected("at most " + MAX_STEPS + " steps in a path");
      }
      steps.add(text.take('.') ? field() : element(root, steps));
    }
    if (root == Root.HEADER && steps.isEmpty()) {
      throw text.expected("'.' and the name of the header");
    }
    return new Path(root, List.copyOf(steps));
  }

  private static boolean leadsOn(Root root) {
    return root == Root.VALUE || root == Root.KEY || root == Root.HEADER;
  }

  private Step field() {
    return new Step.Field(text.fieldName("a field name after '.'"));
  }

  private Step element(Root root, List<Step> steps) {
    if (root == Root.HEADER && steps.isEmpty()) {
      throw text.expected("'.' and the name of the header");
    }
    text.expect('[', "'['");
    int column = text.column();
    String digits = text.wholeNumber();
    if (digits.length() > MAX_INDEX_DIGITS) {
      throw new MappingSyntaxException(
          column, "expected an index of at most " + MAX_INDEX_DIGITS + " digits");
    }
    text.expect(']', "']' after the index");
    return new Step.Element(Integer.parseInt(digits));
  }

  private Call call(String word, int column, int depth) {
    Function function = function(word, column);
    if (depth == MAX_DEPTH) {
      throw tooDeep(column);
    }
    List<Integer> columns = new ArrayList<>();
    List<Expression> arguments = new ArrayList<>();
    if (!text.take(')')) {
      do {
        columns.add(text.column());
        arguments.add(expression(depth + 1));
      } while (text.take(','));
      text.expect(')', "',' or ')'");
    }
    if (!function.takes(arguments.size())) {
      throw new MappingSyntaxException(column, word + " takes " + arity(function));
    }
    if (function == Function.BUCKET && !isUnit(arguments.get(1))) {
      throw new MappingSyntaxException(columns.get(1), "expected " + units());
    }
    int timeUnit = function.timeUnit();
    if (arguments.size() > timeUnit && !isTimeUnit(arguments.get(timeUnit))) {
      throw new MappingSyntaxException(columns.get(timeUnit), "expected " + timeUnits());
    }
    if (function == Function.HASH && !isModulus(arguments.get(1))) {
      throw new MappingSyntaxException(
          columns.get(1), "expected a whole number from 1 to " + Integer.MAX_VALUE);
    }
    if (function == Function.REQUIRED && depth > 0) {
      throw new MappingSyntaxException(column, "expected required() around the whole of a value");
    }
    if (function == Function.PROTOCOL && arguments.size() == 2 && !isName(arguments.get(1))) {
      throw new MappingSyntaxException(columns.get(1), "expected 'name'");
    }
    return new Call(function, List.copyOf(arguments));
  }

  private static boolean isName(Expression argument) {
    return argument.equals(new Literal("name"));
  }

  private static boolean isUnit(Expression argument) {
    return argument instanceof Literal literal
        && literal.value() instanceof String name
        && BucketUnit.of(name) != null;
  }

  private static boolean isTimeUnit(Expression argument) {
    return argument instanceof Literal literal
        && literal.value() instanceof String name
        && TimestampUnit.of(name) != null;
  }

  private static String timeUnits() {
    return Arrays.stream(TimestampUnit.values())
        .map(unit -> "'" + unit.word() + "'")
        .collect(Collectors.joining(", "));
  }

  private static String units() {
    return Arrays.stream(BucketUnit.values())
        .map(unit -> "'" + unit.word() + "'")
        .collect(Collectors.joining(", "));
  }

  private static boolean isModulus(Expression argument) {
    return argument instanceof Literal literal
        && literal.value() instanceof Long n
        && n >= 1
        && n <= Integer.MAX_VALUE;
  }

  private static String arity(Function function) {
    return switch (function) {
      case NOW -> "no arguments";
      case UUID -> "no argument, or one";
      case NONZERO, LOWER, TEXT, JSON, NUMBER, DECIMAL, OBJECTID, EJSON, IP, PORT, REQUIRED ->
          "one argument";
      case DATE, TIME -> "one argument, or two, the second the unit of numbers";
      case PROTOCOL -> "one argument, or two, the second 'name'";
      case BUCKET -> "two arguments, a time and a span, and perhaps the unit of numbers";
      case HASH -> "two arguments, a value and how many numbers there are";
      case COALESCE -> "one argument or more";
    };
  }

  private static @Nullable Root root(String word) {
    return Stream.of(Root.values()).filter(root -> word(root).equals(word)).findAny().orElse(null);
  }

  private static Function function(String word, int column) {
    for (Function function : Function.values()) {
      if (function.word().equals(word)) {
        return function;
      }
    }
    String nearest =
        NearestName.to(
                word.toLowerCase(Locale.ROOT),
                Stream.concat(Stream.of(Function.values()).map(Function::word), Stream.of(PARSE))
                    .toList())
            .map(name -> "; did you mean " + name + "?")
            .orElse("");
    throw new MappingSyntaxException(column, "expected the name of a function" + nearest);
  }

  private static String word(Root root) {
    return root.name().toLowerCase(Locale.ROOT);
  }
}
