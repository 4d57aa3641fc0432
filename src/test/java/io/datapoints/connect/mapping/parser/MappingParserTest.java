package io.datapoints.connect.mapping.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Assignment.Operation;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Expression.Call;
import io.datapoints.connect.mapping.Expression.Literal;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.mapping.Mapping;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the language says, and where each mistake is. */
class MappingParserTest {

  private static Expression only(String expression) {
    Mapping mapping = MappingParser.parse("c=" + expression);
    assertThat(mapping.assignments()).hasSize(1);
    return mapping.assignments().get(0).source();
  }

  private static Path path(Root root, Object... steps) {
    return new Path(
        root,
        List.of(steps).stream()
            .map(
                step ->
                    step instanceof Integer index
                        ? new Step.Element(index)
                        : (Step) new Step.Field(step.toString()))
            .toList());
  }

  @Test
  void aMappingOfTheDataStaxConnectorIsReadAsItIs() {
    Mapping mapping =
        MappingParser.parse(
            "col=value.field, col2=key.field, col3=header.name, col4=now(), __ttl = value.ttl,"
                + " \"Quoted\"=value.\"My Field\", whole=value,id=key");

    assertThat(mapping.rest()).isNull();
    assertThat(mapping.assignments())
        .containsExactly(
            set("col", path(Root.VALUE, "field")),
            set("col2", path(Root.KEY, "field")),
            set("col3", path(Root.HEADER, "name")),
            set("col4", new Call(Function.NOW, List.of())),
            set("__ttl", path(Root.VALUE, "ttl")),
            set("Quoted", path(Root.VALUE, "My Field")),
            set("whole", path(Root.VALUE)),
            set("id", path(Root.KEY)));
  }

  /** There, quotes stand around the whole of a path, and what follows the first dot is a name. */
  @Test
  void aPathMayStandInQuotesAsAWhole() {
    assertThat(only("\"value.INT FIELD\"")).isEqualTo(path(Root.VALUE, "INT FIELD"));
    assertThat(only("\"value.a.b\"")).isEqualTo(path(Root.VALUE, "a.b"));
    assertThat(only("\"header.x \"\"y\"\"\"")).isEqualTo(path(Root.HEADER, "x \"y\""));
    assertThat(only("\"key.my id\"")).isEqualTo(path(Root.KEY, "my id"));
    assertThat(only("\"value\"")).isEqualTo(path(Root.VALUE));
    assertThat(only("\"key\"")).isEqualTo(path(Root.KEY));
    assertThat(only("\"value.My List\"[0].x")).isEqualTo(path(Root.VALUE, "My List", 0, "x"));
    assertThat(only("lower(\"value.My Name\")"))
        .isEqualTo(new Call(Function.LOWER, List.of(path(Root.VALUE, "My Name"))));
  }

  @Test
  void aNameMayBeginWithADigit() {
    assertThat(MappingParser.parse("1st=value.2nd, 3=header.4, a.5b=value[0].6-b").assignments())
        .containsExactly(
            set("1st", path(Root.VALUE, "2nd")),
            set("3", path(Root.HEADER, "4")),
            new Assignment(List.of("a", "5b"), Operation.SET, path(Root.VALUE, 0, "6-b")));
    assertThat(MappingParser.parse("*=value except (1a)").rest())
        .isEqualTo(new Mapping.Rest(path(Root.VALUE), Set.of("1a")));
  }

  private static Assignment set(String column, Expression source) {
    return new Assignment(List.of(column), Operation.SET, source);
  }

  @Test
  void pathsLeadThroughObjectsAndLists() {
    assertThat(only("value.a-b . c[3] [0].\"d \"\"e\"\"\""))
        .isEqualTo(path(Root.VALUE, "a-b", "c", 3, 0, "d \"e\""));
    assertThat(only("value[1].x")).isEqualTo(path(Root.VALUE, 1, "x"));
    assertThat(only("header.\"trace-id\".part")).isEqualTo(path(Root.HEADER, "trace-id", "part"));
    assertThat(List.of(only("topic"), only("partition"), only("offset"), only("timestamp")))
        .containsExactly(
            path(Root.TOPIC), path(Root.PARTITION), path(Root.OFFSET), path(Root.TIMESTAMP));
  }

  @Test
  void literalsHaveTheirTypes() {
    assertThat(only("'it''s'")).isEqualTo(new Literal("it's"));
    assertThat(only("-9223372036854775808")).isEqualTo(new Literal(Long.MIN_VALUE));
    assertThat(only("9223372036854775808"))
        .isEqualTo(new Literal(new BigDecimal("9223372036854775808")));
    assertThat(only("1.50e3")).isEqualTo(new Literal(new BigDecimal("1.50e3")));
    assertThat(only("true")).isEqualTo(new Literal(true));
    assertThat(only("false")).isEqualTo(new Literal(false));
    assertThat(only("null")).isEqualTo(new Literal(null));
  }

  @Test
  void functionsTakeExpressions() {
    assertThat(only("hash( lower(coalesce(value.a, key, 'x')) , 16 )"))
        .isEqualTo(
            new Call(
                Function.HASH,
                List.of(
                    new Call(
                        Function.LOWER,
                        List.of(
                            new Call(
                                Function.COALESCE,
                                List.of(path(Root.VALUE, "a"), path(Root.KEY), new Literal("x"))))),
                    new Literal(16L))));
  }

  @Test
  void targetsMayBeFieldsAndElementsMayBeAdded() {
    Mapping mapping = MappingParser.parse("a.b = value.x, a.\"C d\" = value.y, tags += value.tags");

    assertThat(mapping.assignments())
        .extracting(Assignment::path)
        .containsExactly(List.of("a", "b"), List.of("a", "C d"), List.of("tags"));
    assertThat(mapping.assignments())
        .extracting(Assignment::operation)
        .containsExactly(Operation.SET, Operation.SET, Operation.ADD);
  }

  @Test
  void allOtherFieldsMayGoToTheColumnsOfTheirNames() {
    Mapping mapping = MappingParser.parse("* = value.data except (a, \"b c\", d-e), id = key");

    assertThat(mapping.rest())
        .isEqualTo(new Mapping.Rest(path(Root.VALUE, "data"), Set.of("a", "b c", "d-e")));
    assertThat(mapping.assignments()).hasSize(1);
    assertThat(MappingParser.parse("*=value").rest())
        .isEqualTo(new Mapping.Rest(path(Root.VALUE), Set.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 1 | expected a column name",
        "`a` | 2 | expected '=' or '+=' after the column name",
        "`a value.x` | 3 | expected '=' or '+=' after the column name",
        "`a+value.x` | 2 | expected '=' or '+=' after the column name",
        "`a-b=value.x` | 2 | expected '=' or '+=' after the column name",
        "`-a=value.x` | 1 | expected a column name",
        "`a.=value.x` | 3 | expected a field name after '.'",
        "`\"\"=value` | 1 | expected a name between the quotes",
        "`\"a=value` | 1 | expected a closing \" for this quote",
        "`a='x` | 3 | expected a closing ' for this quote",
        "`a=` | 3 | expected a path (value, key, header, topic, partition, offset, timestamp,"
            + " record), a function, a 'text', a number, true, false or null",
        "`a=vlaue.x` | 3 | expected a path (value, key, header, topic, partition, offset,"
            + " timestamp, record), a function, a 'text', a number, true, false or null",
        "`a=value.` | 9 | expected a field name after '.'",
        "`a=value[x]` | 9 | expected a digit",
        "`a=value[1` | 10 | expected ']' after the index",
        "`a=value[1234567]` | 9 | expected an index of at most 6 digits",
        "`a=header` | 9 | expected '.' and the name of the header",
        "`a=header[0]` | 9 | expected '.' and the name of the header",
        "`a=topic.x` | 8 | expected nothing below topic, which is a single value",
        "`a=offset[1]` | 9 | expected nothing below offset, which is a single value",
        "`a=value.x,` | 11 | expected a column name",
        "`a=value.x b=value.y` | 11 | expected ',' and the next column, or the end",
        "`a=value.x)` | 10 | expected ',' and the next column, or the end",
        "`a=\"text\"` | 3 | expected a path in the double quotes, as in \"value.my field\"; a text"
            + " stands in single ones",
        "`a=\"topic\"` | 3 | expected a path in the double quotes, as in \"value.my field\"; a text"
            + " stands in single ones",
        "`a=\"value.\"` | 3 | expected a path in the double quotes, as in \"value.my field\"; a"
            + " text stands in single ones",
        "`a=\"header\"` | 11 | expected '.' and the name of the header",
        "`a=1x` | 4 | expected the number to end here",
        "`a=1.` | 5 | expected a digit",
        "`a=1e` | 5 | expected a digit",
        "`a=1e999999999` | 3 | the exponent of the number is out of range",
        "`a=1e99999999999` | 3 | the exponent of the number is out of range",
        "`a=lowr(value.x)` | 3 | expected the name of a function; did you mean lower?",
        "`a=NOW()` | 3 | expected the name of a function; did you mean now?",
        "`a=concatenate(value.x)` | 3 | expected the name of a function",
        "`a=now(value.x)` | 3 | now takes no arguments",
        "`a=uuid(1, 2)` | 3 | uuid takes no argument, or one",
        "`a=objectid()` | 3 | objectid takes one argument",
        "`*=ejson(topic)` | 9 | expected a path to an object: value, key or header",
        "`*=ejson(value` | 14 | expected ')'",
        "`a=lower()` | 3 | lower takes one argument",
        "`a=lower(value.x, value.y)` | 3 | lower takes one argument",
        "`a=coalesce()` | 3 | coalesce takes one argument or more",
        "`a=bucket(value.t)` | 3 | bucket takes two arguments, a time and a span, and perhaps the unit of numbers",
        "`a=hash(value.t)` | 3 | hash takes two arguments, a value and how many numbers there are",
        "`a=bucket(value.t, 'days')` | 19 | expected 'minute', 'hour', 'day', 'week', 'month',"
            + " 'year'",
        "`a=bucket(value.t, value.u)` | 19 | expected 'minute', 'hour', 'day', 'week', 'month',"
            + " 'year'",
        "`a=ip()` | 3 | ip takes one argument",
        "`a=protocol(value.t, 'names')` | 21 | expected 'name'",
        "`a=ip(required(value.t))` | 6 | expected required() around the whole of a value",
        "`a=hash(value.t, 0)` | 17 | expected a whole number from 1 to 2147483647",
        "`a=hash(value.t, 2147483648)` | 17 | expected a whole number from 1 to 2147483647",
        "`a=hash(value.t, 1.5)` | 17 | expected a whole number from 1 to 2147483647",
        "`a=lower(value.x` | 16 | expected ',' or ')'",
        "`*` | 2 | expected '=' after '*'",
        "`*=topic` | 3 | expected a path to an object: value, key or header",
        "`*=json(value)` | 3 | expected a path to an object: value, key or header",
        "`*=value without (a)` | 9 | expected 'except', ',' or the end",
        "`*=value except a` | 16 | expected '(' after except",
        "`*=value except ()` | 17 | expected a field name",
        "`*=value except (a` | 18 | expected ',' or ')'",
        "`*=value, *=key` | 10 | expected only one '*' in a mapping",
        "`__ttl+=value.x` | 6 | expected '=' after a pseudo column",
        "`id=value.a, b=value.b, id=value.c` | 24 | id is written already, by what stands at column"
            + " 1",
        "`id=value.a, \"id\"+=value.c` | 13 | id is written already, by what stands at column 1",
        "`a.b=value.a, a=value.c` | 14 | a is written already, by what stands at column 1",
        "`a=value.a, a.b.c=value.c` | 12 | a.b.c is written already, by what stands at column 1",
      })
  void aMistakeIsNamedWithItsColumn(String mapping, int column, String problem) {
    MappingSyntaxException thrown =
        catchThrowableOfType(MappingSyntaxException.class, () -> MappingParser.parse(mapping));
    assertThat(thrown).isNotNull().hasMessage("column " + column + ": " + problem);
    assertThat(thrown.column()).isEqualTo(column);
  }

  @Test
  void namesThatDifferInCaseAreDifferent() {
    assertThat(MappingParser.parse("id=value.a, Id=value.b").assignments()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 100, 9_000})
  void callsWithinCallsHaveABound(int depth) {
    String mapping = "a=" + "lower(".repeat(depth + 1) + "value" + ")".repeat(depth + 1);
    assertThatThrownBy(() -> MappingParser.parse(mapping))
        .isInstanceOf(MappingSyntaxException.class)
        .hasMessageContaining("expected calls within calls to be at most 16 deep");
  }

  @Test
  void sixteenCallsWithinCallsAreWithinIt() {
    assertThat(only("lower(".repeat(16) + "value" + ")".repeat(16))).isInstanceOf(Call.class);
  }

  @Test
  void lengthStepsAndColumnsHaveBounds() {
    assertThatThrownBy(() -> MappingParser.parse("a=value." + "x".repeat(65_536)))
        .hasMessage("column 65537: a mapping has at most 65536 characters");
    assertThatThrownBy(() -> only("value" + ".x".repeat(33)))
        .hasMessage("column 72: expected at most 32 steps in a path");
    assertThat(only("value" + ".x".repeat(32))).isInstanceOf(Path.class);
    assertThat(MappingParser.parse(columns(1_000)).assignments()).hasSize(1_000);
    assertThatThrownBy(() -> MappingParser.parse(columns(1_001)))
        .hasMessageContaining("a mapping has at most 1000 columns");
    assertThatThrownBy(() -> only("9".repeat(101)))
        .hasMessage("column 3: a number has at most 100 characters");
  }

  private static String columns(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "c" + i + "=value")
        .collect(Collectors.joining(","));
  }

  @Test
  void noMessageRepeatsMuchOfTheMapping() {
    String name = "x".repeat(60_000);
    for (String mapping :
        List.of(name, "a=" + name, "a=" + name + "()", name + "=1," + name + "=2")) {
      assertThatThrownBy(() -> MappingParser.parse(mapping))
          .isInstanceOf(MappingSyntaxException.class)
          .message()
          .hasSizeLessThan(300);
    }
  }
}
