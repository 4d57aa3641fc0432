package io.datapoints.connect.intake;

import io.datapoints.connect.kairosdb.BodyReader;
import io.datapoints.connect.kairosdb.MetricSink;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the metrics of one body and sends them. A metric that passed whole is a record
 * with the very bytes of its object, so that no number is written anew; another one, or one that is
 * too large, is written by a {@link PointWriter}.
 */
final class MetricRecords implements MetricSink {

  /** Reasons of an answer; the others are counted in one more. */
  private static final int MAX_REASONS = 1_000;

  /** What a record takes beside its bytes. */
  private static final int OBJECTS = 256;

  private final Submission submission;
  private final Log log;
  private final IntakeCounters counters;
  private final BodyReader reader;
  private final PointWriter writer;
  private final byte[] body;
  private final List<String> reasons = new ArrayList<>();
  private long unlisted;
  private boolean unconverted;
  private boolean outOfRoom;
  private int metrics;
  private long points;

  MetricRecords(
      Submission submission,
      Log log,
      IntakeCounters counters,
      BodyReader reader,
      PointWriter writer,
      byte[] body) {
    this.submission = submission;
    this.log = log;
    this.counters = counters;
    this.reader = reader;
    this.writer = writer;
    this.body = body;
  }

  @Override
  public void accept(Series series, int start, int end, int count, boolean whole) {
    if (outOfRoom || submission.lost()) {
      return;
    }
    byte[] key = RecordKey.of(series);
    int room = log.maxRecordBytes() - key.length;
    if (whole && count <= PointWriter.MAX_POINTS && end - start <= room) {
      send(key, Arrays.copyOfRange(body, start, end), 0);
      counted(count);
      return;
    }
    writer.begin(room, value -> send(key, value, value.length));
    reader.readMetric(body, start, end, writer);
    int unfit = writer.end();
    counted(count - unfit);
    if (unfit > 0) {
      counters.reject(Rule.SIZE, unfit - 1L);
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
   * @param copied how many bytes of it are no copy of the body, which is charged already
   */
  private void send(byte[] key, byte[] value, int copied) {
    outOfRoom |= !submission.reservation().charge(OBJECTS + key.length + copied);
    if (!outOfRoom && !submission.lost()) {
      submission.send(log, key, value);
    }
  }

  @Override
  public void reject(Rule rule, boolean ofConversion, Supplier<String> reason) {
    counters.reject(rule, 1);
    unconverted |= ofConversion;
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason.get());
    } else {
      unlisted++;
    }
  }

  int metrics() {
    return metrics;
  }

  long points() {
    return points;
  }

  /**
   * What the body had in it.
   *
   * @param excess what it had too many of, so that the rest was not read; or null
   */
  Outcome outcome(@Nullable String excess) {
    if (outOfRoom) {
      return Reservation.noBytes();
    }
    if (excess != null) {
      return new Outcome.TooLarge(excess);
    }
    if (reasons.isEmpty()) {
      return new Outcome.Stored((int) Math.min(points, Integer.MAX_VALUE));
    }
    if (unlisted > 0) {
      reasons.add("There are " + unlisted + " more reasons.");
    }
    return new Outcome.Rejected(reasons, unconverted);
  }
}
