package io.datapoints.connect.intake;

import io.datapoints.connect.kairosdb.BodyReader;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.TooManySamplesException;
import io.datapoints.connect.payload.GzipDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A received body, waiting for a thread to read it.
 *
 * @param bytes the body, of which the first {@code length} count; not changed any more
 * @param received when it was complete, as of {@link System#nanoTime}
 */
@SuppressWarnings("ArrayRecordComponent") // Large, and owned by this object.
record Body(Submission submission, byte[] bytes, int length, BodyEncoding encoding, long received) {

  static final String DAMAGED = "The request body is damaged or truncated gzip data.";

  long waitedNanos() {
    return System.nanoTime() - received;
  }

  /** What a thread needs to read bodies. */
  record Tools(
      Log log,
      IntakeCounters counters,
      BodyReader reader,
      BodyDecoders decoders,
      PointWriter writer,
      int maxBytes) {}

  /** Inflates and reads the body and sends its records; the answer follows them. */
  void read(Tools tools) {
    String fault = tools.log.fault();
    if (submission.lost()) {
      submission.read(unavailable("The request was answered."), 0, 0);
    } else if (fault != null) {
      submission.read(unavailable(fault), 0, 0);
    } else if (encoding.compression() == Compression.GZIP) {
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
    Dispatch dispatch = new Dispatch(submission, tools.log, tools.counters, tools.writer);
    String excess = null;
    try {
      if (encoding.format() == BodyFormat.Plain.KAIROSDB) {
        tools.reader.read(plain, offset, size, new MetricRecords(dispatch, tools.reader, plain));
      } else {
        decode(tools, plain, offset, size, dispatch);
      }
    } catch (TooManySamplesException e) {
      excess = e.getMessage();
    }
    dispatch.end(excess);
  }

  /** A point without a time has that of the request, once for all of its readers. */
  private void decode(Tools tools, byte[] plain, int offset, int size, Dispatch dispatch) {
    RecordOrigin origin = new RecordOrigin("", 0, 0, System.currentTimeMillis());
    SeriesRecords records = new SeriesRecords(dispatch);
    tools.decoders.of(encoding.format()).decode(plain, offset, size, origin, records);
    records.send();
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
          : new Outcome.Rejected(List.of(DAMAGED), 1, 0, Set.of(Rule.GZIP), true);
    }
  }
}
