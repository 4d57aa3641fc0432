package io.datapoints.connect.format.otlp;

/** How many parts of each kind a record has had, for the places in reasons. */
final class Positions {

  private int resources;
  private int scopes;
  private int metrics;

  int nextResource() {
    return resources++;
  }

  int nextScope() {
    return scopes++;
  }

  int nextMetric() {
    return metrics++;
  }

  int resources() {
    return resources;
  }
}
