package io.datapoints.connect.format.prometheus;

import static io.datapoints.connect.format.protobuf.MessageReader.FIXED64;
import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;
import static io.datapoints.connect.format.protobuf.MessageReader.VARINT;

import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.kairosdb.PointFeed;
import java.io.IOException;

/** A number at a time. */
final class Sample implements Observation {

  /** The value, one of the many that are not a number, that marks the end of a series. */
  static final long STALE = 0x7FF0_0000_0000_0002L;

  private static final int VALUE = 1 << 3 | FIXED64;
  private static final int TIMESTAMP = 2 << 3 | VARINT;

  private long bits;
  private long millis;

  @Override
  public int field() {
    return 2 << 3 | LENGTH;
  }

  @Override
  public String suffix() {
    return "";
  }

  @Override
  public void read(MessageReader in) throws IOException {
    bits = 0;
    millis = 0;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case VALUE -> bits = in.fixed64();
        case TIMESTAMP -> millis = in.varint();
        default -> in.skip(tag);
      }
    }
  }

  @Override
  public boolean isStale() {
    return bits == STALE;
  }

  @Override
  public void addTo(PointFeed feed) {
    feed.add(millis, Double.longBitsToDouble(bits));
  }
}
