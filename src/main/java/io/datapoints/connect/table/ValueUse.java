package io.datapoints.connect.table;

import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.mapping.Mapping;

/** What a mapping takes from the values of records, which decides what an array means to it. */
enum ValueUse {
  /** Fields of objects: each element of an array is a record. */
  FIELDS,
  /** Elements of an array. */
  ELEMENTS,
  /** The whole of a value, or nothing: an array is one record. */
  WHOLE;

  static ValueUse of(Mapping mapping) {
    if (mapping.paths().anyMatch(path -> starts(path, Step.Element.class))) {
      return ELEMENTS;
    }
    Mapping.Rest rest = mapping.rest();
    boolean fields =
        (rest != null && rest.source().reads(Root.VALUE))
            || mapping.paths().anyMatch(path -> starts(path, Step.Field.class));
    return fields ? FIELDS : WHOLE;
  }

  /** Whether the first step into the value is of this kind. */
  private static boolean starts(Path path, Class<? extends Step> kind) {
    return path.root() == Root.VALUE
        && !path.steps().isEmpty()
        && kind.isInstance(path.steps().get(0));
  }

  /** Whether a path goes into the JSON of the whole key or value. */
  static boolean isParsed(Path path) {
    return !path.steps().isEmpty() && path.steps().get(0) instanceof Step.Parsed;
  }
}
