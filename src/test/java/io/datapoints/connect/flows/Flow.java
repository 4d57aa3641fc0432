package io.datapoints.connect.flows;

import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of network traffic, as the mapping of the flows layout gives it.
 *
 * @param timestamp milliseconds since the epoch
 */
public record Flow(
    Conversation conversation,
    int sourcePort,
    int destPort,
    long timestamp,
    double value,
    RecordOrigin origin) {

  /** Of what a mapping gave. */
  public static Flow of(MappedRecord cells) {
    return new Flow(
        new Conversation((String) at(cells, 0), (String) at(cells, 1), (String) at(cells, 4)),
        (Integer) at(cells, 2),
        (Integer) at(cells, 3),
        ((Instant) at(cells, 5)).toEpochMilli(),
        (Double) at(cells, 6),
        cells.origin());
  }

  private static Object at(MappedRecord cells, int assignment) {
    Object value = cells.value(assignment);
    if (value == null) {
      throw new AssertionError("assignment " + assignment + " has no value");
    }
    return value;
  }

  /** For a table without buckets, or a collection. */
  public MappedRecord sample() {
    return sample(Bucket.NONE);
  }

  /** For a table with such buckets. */
  public MappedRecord sample(Bucket bucket) {
    Instant time = Instant.ofEpochMilli(timestamp);
    List<@Nullable Object> values =
        new ArrayList<>(
            List.of(
                conversation.sourceIp(),
                conversation.destIp(),
                sourcePort,
                destPort,
                conversation.protocol(),
                time,
                value));
    if (bucket != Bucket.NONE) {
      values.add(time.truncatedTo(bucket == Bucket.HOUR ? ChronoUnit.HOURS : ChronoUnit.DAYS));
    }
    return new MappedRecord("*", 0, values.toArray(), null, false, origin);
  }
}
