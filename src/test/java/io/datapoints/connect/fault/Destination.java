package io.datapoints.connect.fault;

import java.util.Map;

/** A store that scenarios write to, each to a part of its own. */
interface Destination {

  /** The settings of an audited connector that writes there. */
  Map<String, String> settings(String scenario);

  /** The store's name, for readers. */
  String store();

  /** What a scenario left there: keys and values. */
  Map<String, Long> stored(String scenario);

  /** Frees what the samples of a scenario take of the store's memory, if they take any. */
  default void clear(String scenario) {}

  /** What the records of this destination look like. */
  RecordKind records();
}
