package io.datapoints.connect.pipeline;

import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Sample;
import java.util.Map;

/** What lies in a store: each sample's key as a text, and its value. */
public interface Contents {

  /** Reads all of it. */
  Map<String, Long> read();

  /** The key of a point with one tag. */
  static String point(String tag, long timestamp) {
    return tag + "/" + timestamp;
  }

  /** The key of a flow. */
  static String flow(
      String sourceIp,
      String destIp,
      String protocol,
      long timestamp,
      int sourcePort,
      int destPort) {
    return String.join(
        "/",
        sourceIp,
        destIp,
        protocol,
        Long.toString(timestamp),
        Integer.toString(sourcePort),
        Integer.toString(destPort));
  }

  /** The key of a sample. */
  static String key(Sample sample) {
    if (sample instanceof MappedRecord cells) {
      Flow flow = Flow.of(cells);
      return flow(
          flow.conversation().sourceIp(),
          flow.conversation().destIp(),
          flow.conversation().protocol(),
          flow.timestamp(),
          flow.sourcePort(),
          flow.destPort());
    }
    DataPoint point = (DataPoint) sample;
    return point(point.series().tags().value(0), point.timestamp());
  }
}
