package io.datapoints.connect.format.prometheus;

import static io.datapoints.connect.format.protobuf.MessageReader.FIXED64;
import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;
import static io.datapoints.connect.format.protobuf.MessageReader.VARINT;

import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.kairosdb.PointFeed;
import java.io.IOException;

/** The count or the sum of a native histogram. Its buckets are not stored. */
final class NativeHistogram implements Observation {

  private static final int COUNT = 1 << 3 | VARINT;
  private static final int COUNT_OF_FLOATS = 2 << 3 | FIXED64;
  private static final int SUM = 3 << 3 | FIXED64;
  private static final int TIMESTAMP = 15 << 3 | VARINT;

  private final boolean sums;
  private boolean whole;
  private long count;
  private long sum;
  private long millis;

  /**
   * @param sums whether the sum is the point, and not the count
   */
  NativeHistogram(boolean sums) {
    this.sums = sums;
  }

  @Override
  public int field() {
    return 4 << 3 | LENGTH;
  }

  @Override
  public String suffix() {
    return sums ? "_sum" : "_count";
  }

  @Override
  public void read(MessageReader in) throws IOException {
    whole = true;
    count = 0;
    sum = 0;
    millis = 0;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case COUNT -> {
          count = in.varint();
          whole = true;
        }
        case COUNT_OF_FLOATS -> {
          count = in.fixed64();
          whole = false;
        }
        case SUM -> sum = in.fixed64();
        case TIMESTAMP -> millis = in.varint();
        default -> in.skip(tag);
      }
    }
  }

  @Override
  public boolean isStale() {
    return sum == Sample.STALE;
  }

  @Override
  public void addTo(PointFeed feed) {
    if (sums) {
      feed.add(millis, Double.longBitsToDouble(sum));
    } else if (whole) {
      feed.addUnsigned(millis, count);
    } else {
      feed.add(millis, Double.longBitsToDouble(count));
    }
  }
}
