package io.datapoints.connect.intake;

import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends the records of one body, and keeps what is to be answered. Used by one thread. */
final class Dispatch {

  /** Reasons of an answer; the others are counted in one more. */
  private static final int MAX_REASONS = 1_000;

  /** What a record takes beside its bytes. */
  private static final int OBJECTS = 256;

  private final Submission submission;
  private final Log log;
  private final IntakeCounters counters;
  private final PointWriter writer;
  private final List<String> reasons = new ArrayList<>();
  private final Set<Rule> broken = EnumSet.noneOf(Rule.class);
  private long rejected;
  private long unlisted;
  private boolean unconverted;
  private boolean outOfRoom;
  private int metrics;
  private long points;

  Dispatch(Submission submission, Log log, IntakeCounters counters, PointWriter writer) {
    this.submission = submission;
    this.log = log;
    this.counters = counters;
    this.writer = writer;
  }

  /** Whether the answer is known already, so that no more work is worth its while. */
  boolean isOver() {
    return outOfRoom || submission.lost();
  }

  /** How many bytes the value of a record with this key may have. */
  int room(byte[] key) {
    return log.maxRecordBytes() - key.length;
  }

  /**
   * Sends bytes of the body as they are.
   *
   * @param value a copy of a part of the body, which is charged already
   * @param count its points
   */
  void pass(byte[] key, byte[] value, int count) {
    send(key, value, 0);
    counted(count);
  }

  /**
   * Sends points that are written anew, in as many records as they need.
   *
   * @param count how many they are
   * @param points gives them
   */
  void write(byte[] key, Series series, int count, Consumer<SampleSink> points) {
    writer.begin(room(key), value -> send(key, value, value.length));
    points.accept(writer);
    int unfit = writer.end();
    counted(count - unfit);
    if (unfit > 0) {
      counters.reject(Rule.SIZE, unfit - 1L);
      rejected += unfit - 1L;
      reject(Rule.SIZE, false, () -> tooLarge(series, unfit));
    }
  }

  private void counted(int sent) {
    points += sent;
    metrics += sent > 0 ? 1 : 0;
  }

  private String tooLarge(Series series, int count) {
    return "metric(name="
        + NameInReason.of(series.name())
        + ") has "
        + count
        + " datapoints that need more than the "
        + log.maxRecordBytes()
        + " bytes of a record.";
  }

  /**
   * Sends a record.
   *
   * @param copied how many bytes of it are no copy of the body
   */
  private void send(byte[] key, byte[] value, int copied) {
    outOfRoom |= !submission.reservation().charge(OBJECTS + key.length + copied);
    if (!isOver()) {
      submission.send(log, key, value);
    }
  }

  /** Counts a part of the body that says nothing to store. */
  void skip() {
    counters.skip();
  }

  /**
   * Rejects a part of the body.
   *
   * @param ofConversion whether a time or a value has another type than it must have
   */
  void reject(Rule rule, boolean ofConversion, Supplier<String> reason) {
    counters.reject(rule, 1);
    unconverted |= ofConversion;
    broken.add(rule);
    rejected++;
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason.get());
    } else {
      unlisted++;
    }
  }

  /**
   * Ends the body.
   *
   * @param excess what it had too many of, so that the rest was not read; or null
   */
  void end(@Nullable String excess) {
    submission.read(outcome(excess), metrics, points);
  }

  private Outcome outcome(@Nullable String excess) {
    if (outOfRoom) {
      return Reservation.noBytes();
    }
    if (excess != null) {
      return new Outcome.TooLarge(excess);
    }
    if (rejected == 0) {
      return new Outcome.Stored(points);
    }
    if (unlisted > 0) {
      reasons.add("There are " + unlisted + " more reasons.");
    }
    return new Outcome.Rejected(reasons, rejected, points, broken, unconverted);
  }
}
