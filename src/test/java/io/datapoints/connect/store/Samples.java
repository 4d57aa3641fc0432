package io.datapoints.connect.store;

import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value;
import java.util.Map;

/**
 * Samples whose key depends on nothing but a group and a number, and whose value is the offset of
 * their record. The numbers of a group differ in the last parts of the key alone.
 */
enum Samples {

  /** A group is a series. */
  POINTS {
    @Override
    Sample of(int group, int number, RecordOrigin origin) {
      return point("contract", group, FIRST + number, origin);
    }

    @Override
    Sample impossible(int group, RecordOrigin origin) {
      return point(TOO_LONG, group, FIRST, origin);
    }
  },

  /** A group is a pair of addresses; two flows of one moment differ in a port. */
  FLOWS {
    @Override
    Sample of(int group, int number, RecordOrigin origin) {
      return flow("tcp", group, number, origin);
    }

    @Override
    Sample impossible(int group, RecordOrigin origin) {
      return flow(TOO_LONG, group, 0, origin);
    }
  };

  private static final long FIRST = 1_500_000_000_000L;

  /** Above the 64 KiB of a key in Cassandra and the 16 MiB of a document in MongoDB. */
  private static final String TOO_LONG = "x".repeat(17 * 1024 * 1024);

  abstract Sample of(int group, int number, RecordOrigin origin);

  /** A sample that no server can hold. */
  abstract Sample impossible(int group, RecordOrigin origin);

  private static Sample point(String name, int group, long timestamp, RecordOrigin origin) {
    Series series = new Series(name, Tags.of(Map.of("host", "h" + group)));
    return new DataPoint(series, timestamp, new Value.LongValue(origin.offset()), 0, origin);
  }

  private static Sample flow(String protocol, int group, int number, RecordOrigin origin) {
    Conversation pair =
        new Conversation("10.0." + group / 250 + "." + group % 250, "10.1.0.1", protocol);
    return new Flow(
            pair, 1_000 + number % 2, 443 - number % 3, FIRST + number / 6, origin.offset(), origin)
        .sample();
  }
}
