package io.datapoints.connect.format.prometheus;

import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.kairosdb.PointFeed;
import java.io.IOException;

/** What a series has at a time, of which one number is a point. Reused for one after another. */
interface Observation {

  /** The number of the field of a series that holds it. */
  int field();

  /** What stands behind the name of the metric. */
  String suffix();

  /** Reads the message that has been entered, to its end. */
  void read(MessageReader in) throws IOException;

  /** Whether it marks the end of the series. */
  boolean isStale();

  /** Adds the point. */
  void addTo(PointFeed feed);
}
