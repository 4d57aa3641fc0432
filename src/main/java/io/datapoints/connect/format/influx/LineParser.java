package io.datapoints.connect.format.influx;

import io.datapoints.connect.format.NumberText;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.format.TagList;
import io.datapoints.connect.model.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses lines of the line protocol one after another:
 *
 * <pre>measurement[,tag=value...] field=value[,field=value...] [time]</pre>
 *
 * <p>A backslash escapes a comma, a space and, but for measurements, an equals sign; before any
 * other character it stands for itself. A text stands in double quotes, in which a backslash
 * escapes a quote and a backslash, and a line break is a part of it. Lines end with LF or CRLF.
 * Those that are empty or begin with "#" say nothing. The content is valid until the next line.
 */
final class LineParser {

  /** A field of the line. */
  record Field(String name, Scalar value) {}

  private final String text;
  private final StringBuilder word = new StringBuilder();
  private final TagList tags = new TagList();
  private final List<Field> fields = new ArrayList<>();
  private String measurement = "";
  private long time;
  private boolean timed;

  /** Where the current line begins, and what is read next. */
  private int start;

  private int at;

  /** The numbers of the current line and of the next one, from 1. */
  private int line;

  private int nextLine = 1;

  /** Line breaks within the texts of the current line. */
  private int breaks;

  LineParser(String text) {
    this.text = text;
  }

  /** Goes to the next line that says something; false at the end. */
  boolean next() {
    while (at < text.length()) {
      start = at;
      line = nextLine;
      skipBlanks();
      if (!atEnd() && text.charAt(at) != '#') {
        return true;
      }
      breaks = 0;
      skipLine();
    }
    return false;
  }

  /**
   * Parses the current line.
   *
   * @throws PartFault if it cannot be read; {@link #next} then goes on behind its line break
   */
  void parse() throws PartFault {
    try {
      parseLine();
    } catch (PartFault fault) {
      at = start;
      breaks = 0;
      skipLine();
      throw fault;
    }
  }

  private void parseLine() throws PartFault {
    tags.clear();
    fields.clear();
    timed = false;
    breaks = 0;
    measurement = word(",", "has no measurement");
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      String name = word("=", "has a tag without a name");
      expectEquals("has a tag without a value");
      tags.add(name, word(",=", "has a tag without a value"));
    }
    skipBlanks();
    do {
      String name = word("=", "has no field");
      expectEquals("has a field without a value");
      fields.add(new Field(name, value()));
    } while (skipComma());
    int blanks = skipBlanks();
    if (!atEnd()) {
      if (blanks == 0) {
        throw fault("has something behind a value");
      }
      parseTime();
    }
    skipLine();
  }

  private boolean skipComma() {
    boolean comma = at < text.length() && text.charAt(at) == ',';
    at += comma ? 1 : 0;
    return comma;
  }

  private void expectEquals(String fault) throws PartFault {
    if (at == text.length() || text.charAt(at) != '=') {
      throw fault(fault);
    }
    at++;
  }

  /** A word up to a space, the end of the line or one of these characters, none of them escaped. */
  private String word(String stops, String fault) throws PartFault {
    word.setLength(0);
    while (!atEnd()) {
      char c = text.charAt(at);
      if (c == ' ' || stops.indexOf(c) >= 0) {
        break;
      }
      if (c == '\\' && at + 1 < text.length() && isEscapable(text.charAt(at + 1))) {
        c = text.charAt(++at);
      }
      word.append(c);
      at++;
    }
    if (word.isEmpty()) {
      throw fault(fault);
    }
    return word.toString();
  }

  private static boolean isEscapable(char c) {
    return c == ',' || c == ' ' || c == '=';
  }

  private Scalar value() throws PartFault {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    String literal = word(",", "has a field without a value");
    return switch (literal) {
      case "t", "T", "true", "True", "TRUE" -> new Scalar.Logical(true);
      case "f", "F", "false", "False", "FALSE" -> new Scalar.Logical(false);
      default -> number(literal);
    };
  }

  private Scalar quoted() throws PartFault {
    word.setLength(0);
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return new Scalar.Text(word.toString());
      }
      if (c == '\\' && at + 1 < text.length() && isQuotable(text.charAt(at + 1))) {
        c = text.charAt(++at);
      }
      breaks += c == '\n' ? 1 : 0;
      word.append(c);
    }
    throw fault("has a text that does not end");
  }

  private static boolean isQuotable(char c) {
    return c == '"' || c == '\\';
  }

  private static Scalar number(String literal) throws PartFault {
    char last = literal.charAt(literal.length() - 1);
    String digits = last == 'i' || last == 'u' ? literal.substring(0, literal.length() - 1) : "";
    if (!NumberText.isNumber(digits.isEmpty() ? literal : digits)) {
      throw fault("has a value that is no number, text or boolean");
    }
    try {
      if (last == 'i') {
        return new Scalar.Whole(Long.parseLong(digits));
      }
      return last == 'u' ? unsigned(digits) : new Scalar.Decimal(Double.parseDouble(literal));
    } catch (NumberFormatException noNumber) {
      throw fault("has a value that is no number, or out of its range");
    }
  }

  /** A long where it fits one, as most counters do. */
  private static Scalar unsigned(String digits) {
    long bits = Long.parseUnsignedLong(digits);
    return bits >= 0 ? new Scalar.Whole(bits) : new Scalar.Decimal(Double.parseDouble(digits));
  }

  private void parseTime() throws PartFault {
    int begin = at;
    while (!atEnd() && text.charAt(at) != ' ') {
      at++;
    }
    try {
      time = Long.parseLong(text, begin, at, 10);
      timed = true;
    } catch (NumberFormatException noTime) {
      throw fault("has a time that is no whole number");
    }
    skipBlanks();
    if (!atEnd()) {
      throw fault("has something behind its time");
    }
  }

  private static PartFault fault(String problem) {
    return new PartFault(Rule.SHAPE, " " + problem + ".");
  }

  /** At a line break, or the end of the text; a CR before either belongs to it. */
  private boolean atEnd() {
    if (at >= text.length() || text.charAt(at) == '\n') {
      return true;
    }
    return text.charAt(at) == '\r' && (at + 1 == text.length() || text.charAt(at + 1) == '\n');
  }

  private int skipBlanks() {
    int before = at;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at - before;
  }

  private void skipLine() {
    int lineBreak = text.indexOf('\n', at);
    at = lineBreak < 0 ? text.length() : lineBreak + 1;
    nextLine = line + breaks + 1;
  }

  /** The number of the current line, from 1. */
  int line() {
    return line;
  }

  String measurement() {
    return measurement;
  }

  TagList tags() {
    return tags;
  }

  List<Field> fields() {
    return fields;
  }

  /** Whether the line has a time of its own. */
  boolean timed() {
    return timed;
  }

  /** Its time, in whatever unit. */
  long time() {
    return time;
  }
}
