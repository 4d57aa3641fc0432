package io.datapoints.connect.intake;

import io.datapoints.connect.kairosdb.BodyReader;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.TooManySamplesException;
import io.datapoints.connect.payload.GzipDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A received body, waiting for a thread to read it.
 *
 * @param bytes the body, of which the first {@code length} count; not changed any more
 * @param received when it was complete, as of {@link System#nanoTime}
 */
@SuppressWarnings("ArrayRecordComponent") // Large, and owned by this object.
record Body(
    Submission submission, byte[] bytes, int length, Compression compression, long received) {

  static final String DAMAGED = "The request body is damaged or truncated gzip data.";

  long waitedNanos() {
    return System.nanoTime() - received;
  }

  /** What a thread needs to read bodies. */
  record Tools(
      Log log, IntakeCounters counters, BodyReader reader, PointWriter writer, int maxBytes) {}

  /** Inflates and reads the body and sends its records; the answer follows them. */
  void read(Tools tools) {
    String fault = tools.log.fault();
    if (submission.lost()) {
      submission.read(unavailable("The request was answered."), 0, 0);
    } else if (fault != null) {
      submission.read(unavailable(fault), 0, 0);
    } else if (compression == Compression.GZIP) {
      inflate(tools);
    } else {
      read(tools, bytes, 0, length);
    }
  }

  private static Outcome unavailable(String reason) {
    return new Outcome.Unavailable(Outcome.Cause.LOG, reason);
  }

  private void inflate(Tools tools) {
    Damage damage = new Damage(tools);
    ByteBuffer inflated = new GzipDecoder(tools.maxBytes).inflate(bytes, 0, length, damage);
    if (inflated == null) {
      submission.read(damage.outcome(), 0, 0);
    } else if (!submission.reservation().charge(inflated.remaining())) {
      submission.read(Reservation.noBytes(), 0, 0);
    } else {
      tools.counters.inflated(inflated.remaining());
      read(tools, inflated.array(), inflated.arrayOffset(), inflated.remaining());
    }
  }

  private void read(Tools tools, byte[] plain, int offset, int size) {
    MetricRecords records =
        new MetricRecords(submission, tools.log, tools.counters, tools.reader, tools.writer, plain);
    String excess = null;
    try {
      tools.reader.read(plain, offset, size, records);
    } catch (TooManySamplesException e) {
      excess = e.getMessage();
    }
    submission.read(records.outcome(excess), records.metrics(), records.points());
  }

  /** Ends the request after a fault of ours, whatever was sent of it. */
  void fail() {
    submission.read(new Outcome.Failed(), 0, 0);
  }

  /** Why a body cannot be inflated. */
  private static final class Damage implements SampleSink {

    private final Tools tools;
    private @Nullable Rule rule;

    Damage(Tools tools) {
      this.tools = tools;
    }

    @Override
    public void accept(Sample sample) {
      throw new IllegalStateException("bytes are no sample");
    }

    @Override
    public void reject(Rule broken, String reason) {
      rule = broken;
      tools.counters.reject(broken, 1);
    }

    Outcome outcome() {
      return rule == Rule.SIZE
          ? new Outcome.TooLarge(
              "The request body inflates to more than " + tools.maxBytes + " bytes.")
          : new Outcome.Rejected(List.of(DAMAGED), true);
    }
  }
}
