package io.datapoints.connect.mapping;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The right side of an assignment: one value of a record, or one computed from several. */
public sealed interface Expression {

  /** Where a path starts. */
  enum Root {
    VALUE,
    KEY,
    HEADER,
    TOPIC,
    PARTITION,
    OFFSET,
    TIMESTAMP,

    /** Where the record stands, as a text that no other record has: {@code readings-0@41#3}. */
    RECORD;

    /** Whether it may be a text or bytes that hold JSON. */
    public boolean hasContent() {
      return this == VALUE || this == KEY;
    }
  }

  /** Whether the value depends on this part of the record. */
  default boolean reads(Root root) {
    return paths().anyMatch(path -> path.root() == root);
  }

  /**
   * Whether the value comes from what the record contains: its value, key or headers. Constants,
   * functions without arguments, and where and when the record was written are independent of it.
   */
  default boolean readsContent() {
    return reads(Root.VALUE) || reads(Root.KEY) || reads(Root.HEADER);
  }

  /** One step of a path. */
  sealed interface Step {

    /** To the field of this name. */
    record Field(String name) implements Step {}

    /** To this element of a list, from 0. */
    record Element(int index) implements Step {}

    /** Into the JSON that a text or bytes hold; any other value is there already. */
    record Parsed() implements Step {}
  }

  /**
   * A value of the record.
   *
   * @param steps empty for the whole root as it came; the first step of a header is its name
   */
  record Path(Root root, List<Step> steps) implements Expression {}

  /**
   * A constant.
   *
   * @param value a String, Long, BigDecimal or Boolean; null for an explicit null, which is written
   */
  record Literal(@Nullable Object value) implements Expression {}

  /** A function of other values. */
  record Call(Function function, List<Expression> arguments) implements Expression {}

  /** The paths in this expression. */
  default Stream<Path> paths() {
    if (this instanceof Path path) {
      return Stream.of(path);
    }
    return this instanceof Call call
        ? call.arguments().stream().flatMap(Expression::paths)
        : Stream.empty();
  }
}
