package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import java.io.IOException;

/** A data point of one kind, read from the wire and then written. Reused for one after another. */
abstract class DataPoint {

  /** The flag of a point without a value, which marks the end of a series. */
  private static final long NO_RECORDED_VALUE = 1;

  final Attributes attributes = new Attributes();

  /** Nanoseconds since the epoch without a sign, 0 for none. */
  long nanos;

  long flags;

  /** Reads the message that has been entered, to its end. */
  final void read(MessageReader in) throws IOException, PartFault {
    attributes.clear();
    nanos = 0;
    flags = 0;
    clear();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (!take(tag, in)) {
        in.skip(tag);
      }
    }
  }

  /** Whether the point says that there is no value. */
  final boolean isUnrecorded() {
    return (flags & NO_RECORDED_VALUE) != 0;
  }

  /** Forgets the fields of the point before. */
  abstract void clear();

  /** Reads the content of a field; false for one that says nothing here. */
  abstract boolean take(int tag, MessageReader in) throws IOException, PartFault;

  /** Writes what was read; all of it is checked before the first point is written. */
  abstract void write(PointWriter out) throws PartFault;
}
