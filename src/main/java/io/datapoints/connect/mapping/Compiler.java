package io.datapoints.connect.mapping;

import io.datapoints.connect.mapping.Expression.Call;
import io.datapoints.connect.mapping.Expression.Literal;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.mapping.bson.ExtendedJson;
import io.datapoints.connect.mapping.bson.Uuids;
import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compiles the expressions of one mapping. */
@SuppressWarnings("StaticAssignmentOfThrowable") // They have no stack trace.
final class Compiler {

  private static final int MAX_PORT = 65_535;

  private static final InvalidValue NO_NUMBER =
      new InvalidValue(Rule.VALUE, "must be a finite number");
  private static final InvalidValue NO_ADDRESS =
      new InvalidValue(Rule.ADDRESS, "must be an IP address");
  private static final InvalidValue NO_PORT =
      new InvalidValue(Rule.PORT, "must be a whole number from 0 to 65535");

  private final PathSlots slots;
  private final Times times;
  private final Clock clock;
  private final JsonForm json = new JsonForm();

  Compiler(PathSlots slots, Times times, Clock clock) {
    this.slots = slots;
    this.times = times;
    this.clock = clock;
  }

  Evaluation compile(Expression expression) {
    if (expression instanceof Path path) {
      int slot = slots.slot(path);
      return values -> values[slot];
    }
    if (expression instanceof Literal literal) {
      Object constant = literal.value() == null ? MappedRecord.NULL : literal.value();
      return values -> constant;
    }
    return call((Call) expression);
  }

  /** The JSON in a whole key or value instead of its text; any other expression as it is. */
  static Expression content(Expression expression) {
    return expression instanceof Path path && path.steps().isEmpty() && path.root().hasContent()
        ? new Path(path.root(), List.of(new Step.Parsed()))
        : expression;
  }

  private Evaluation call(Call call) {
    List<Evaluation> arguments =
        call.arguments().stream()
            .map(each -> call.function().readsJson() ? content(each) : each)
            .map(this::compile)
            .toList();
    return switch (call.function()) {
      case NOW -> values -> clock.instant();
      case UUID ->
          arguments.isEmpty() ? values -> UUID.randomUUID() : of(arguments.get(0), Uuids::of);
      case DECIMAL -> strict(arguments.get(0), Compiler::decimal);
      case OBJECTID -> of(arguments.get(0), ExtendedJson::objectId);
      case EJSON -> of(arguments.get(0), ExtendedJson::of);
      case COALESCE -> values -> coalesce(arguments, values);
      case NONZERO -> strict(arguments.get(0), Compiler::nonzero);
      case LOWER -> of(arguments.get(0), Compiler::lower);
      case TEXT -> of(arguments.get(0), Compiler::text);
      case JSON -> of(arguments.get(0), json::of);
      case DATE -> of(arguments.get(0), times(call)::instant);
      case TIME -> strict(arguments.get(0), times(call)::strict);
      case NUMBER -> strict(arguments.get(0), Compiler::number);
      case IP -> {
        TextMemo addresses = new TextMemo(Compiler::address);
        yield arguments.size() == 1
            ? strict(arguments.get(0), value -> address(value, addresses))
            : values -> firstAddress(arguments, values, addresses);
      }
      case PORT -> strict(arguments.get(0), Compiler::port);
      case PROTOCOL -> {
        boolean names = arguments.size() == 2;
        yield strict(arguments.get(0), value -> ProtocolNumbers.text(value, names));
      }
      // MappingEvaluator checks the result.
      case REQUIRED -> arguments.get(0);
      case BUCKET -> bucket(arguments.get(0), call.arguments().get(1), times(call));
      case HASH -> hash(arguments.get(0), call.arguments().get(1));
    };
  }

  /** A function of a value that is present. */
  private interface OfValue {
    Object of(Object value);
  }

  /** Returns an absent or null argument unchanged, and throws an unreadable one. */
  private static Evaluation of(Evaluation argument, OfValue function) {
    return strict(
        argument,
        value -> {
          if (value instanceof InvalidValue unreadable) {
            throw unreadable;
          }
          return function.of(value);
        });
  }

  /** For functions that report unreadable arguments in their own words. */
  private static Evaluation strict(Evaluation argument, OfValue function) {
    return values -> {
      Object value = argument.of(values);
      return value == null || MappedRecord.isNothing(value) ? value : function.of(value);
    };
  }

  /**
   * A path that leads into a text has none. Without a value, a null of the mapping takes precedence
   * over a null of the record.
   */
  private static @Nullable Object coalesce(List<Evaluation> arguments, @Nullable Object[] values) {
    Object none = MappedRecord.MISSING;
    for (Evaluation argument : arguments) {
      Object value = argument.of(values);
      if (!MappedRecord.isNothing(value) && value != MappedRecord.NO_OBJECT) {
        return value;
      }
      none = none == MappedRecord.MISSING || value == MappedRecord.NULL ? value : none;
    }
    return none;
  }

  private static Object nonzero(Object value) {
    boolean zero = value instanceof Number number ? number.doubleValue() == 0 : value.equals("0");
    return zero ? MappedRecord.MISSING : value;
  }

  private static Object text(Object value) {
    if (value instanceof ByteBuffer bytes) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(bytes.slice()).toString();
      } catch (CharacterCodingException e) {
        throw new InvalidValue("text takes bytes that are UTF-8");
      }
    }
    if (value instanceof Map || value instanceof List) {
      throw new InvalidValue("text takes a single value; json() is for objects and lists");
    }
    if (value instanceof Number number) {
      return Numbers.text(number);
    }
    return value instanceof WrittenValue known ? known.text() : value.toString();
  }

  private static Object lower(Object value) {
    if (value instanceof String text) {
      return text.toLowerCase(Locale.ROOT);
    }
    if (value instanceof WrittenValue known) {
      return known.text().toLowerCase(Locale.ROOT);
    }
    throw new InvalidValue("lower takes a text");
  }

  private static Object number(Object value) {
    if (value instanceof Double known && Double.isFinite(known)) {
      return known;
    }
    double number = Numbers.strictReal(value);
    if (Double.isNaN(number)) {
      throw NO_NUMBER;
    }
    return number;
  }

  private static DecimalValue decimal(Object value) {
    // The shortest decimal that stands for a float is not that of the same number as a double.
    BigDecimal number = Numbers.strict(value instanceof Float ? value.toString() : value);
    if (number == null) {
      throw NO_NUMBER;
    }
    return DecimalValue.of(number);
  }

  private static String address(Object value, TextMemo addresses) {
    if (value instanceof String text) {
      return addresses.apply(text);
    }
    String address = value instanceof ByteBuffer bytes ? IpAddress.text(bytes) : null;
    if (address == null) {
      throw NO_ADDRESS;
    }
    return address;
  }

  /**
   * The first address that stands for a host. Collectors write both families, the unused one as
   * 0.0.0.0 or ::, or as a text that is no address; an unspecified address alone is one, as in
   * DHCP.
   */
  private static @Nullable Object firstAddress(
      List<Evaluation> arguments, @Nullable Object[] values, TextMemo addresses) {
    Object none = MappedRecord.MISSING;
    String unspecified = null;
    InvalidValue fault = null;
    for (Evaluation argument : arguments) {
      Object value = argument.of(values);
      if (value == null || MappedRecord.isNothing(value)) {
        none = none == MappedRecord.MISSING || value == MappedRecord.NULL ? value : none;
        continue;
      }
      try {
        String address = address(value, addresses);
        if (!IpAddress.isUnspecified(address)) {
          return address;
        }
        unspecified = unspecified == null ? address : unspecified;
      } catch (InvalidValue noAddress) {
        fault = noAddress;
      }
    }
    if (unspecified == null && fault != null) {
      throw fault;
    }
    return unspecified == null ? none : unspecified;
  }

  private static String address(String text) {
    String address = IpAddress.canonical(text);
    if (address == null) {
      throw NO_ADDRESS;
    }
    return address;
  }

  private static Integer port(Object value) {
    long port = Numbers.strictWhole(value);
    if (port < 0 || port > MAX_PORT) {
      throw NO_PORT;
    }
    return (int) port;
  }

  /** How a call reads times: with a unit of its own, or with that of the mapping. */
  private Times times(Call call) {
    int argument = call.function().timeUnit();
    if (call.arguments().size() <= argument) {
      return times;
    }
    TimestampUnit unit =
        call.arguments().get(argument) instanceof Literal literal
            ? TimestampUnit.of(String.valueOf(literal.value()))
            : null;
    if (unit == null) {
      throw new IllegalArgumentException("there is no such unit of time");
    }
    return new Times(unit, times.zone());
  }

  private static Evaluation bucket(Evaluation time, Expression unitName, Times times) {
    BucketUnit unit =
        unitName instanceof Literal literal ? BucketUnit.of(String.valueOf(literal.value())) : null;
    if (unit == null) {
      throw new IllegalArgumentException("bucket has no such unit");
    }
    return of(
        time,
        value -> {
          try {
            return unit.start(times.instant(value));
          } catch (DateTimeException | ArithmeticException outOfRange) {
            throw new InvalidValue("bucket takes a time within the range of the calendar");
          }
        });
  }

  private static Evaluation hash(Evaluation value, Expression modulus) {
    if (modulus instanceof Literal literal && literal.value() instanceof Long n && n > 0) {
      return of(value, each -> StableHash.of(each, n));
    }
    throw new IllegalArgumentException("hash has no such modulus");
  }
}
