package io.datapoints.connect.errors;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reports bad records to the worker, which logs them and sends them to the dead letter topic.
 *
 * <p>The worker then has two reporters, and drops those of their futures that are already done. The
 * producer's future is already done if the producer rejects the dead letter at once, because it is
 * too large or the topic must not be written. A report that is done on return is therefore no proof
 * of a dead letter unless the worker's count of failures has not changed. Without that count the
 * record is reported again a few times, because a quick acknowledgement looks the same.
 */
final class ReportedRecords implements ErrantRecords {

  private static final int ATTEMPTS = 3;

  private final ErrantRecordReporter reporter;
  private final String deadLetterTopic;
  private final Supplier<OptionalLong> failedLetters;
  private OptionalLong failedBefore;

  /**
   * @param deadLetterTopic empty where bad records are only logged
   * @param failedLetters counts the dead letters that could not be written; empty if the count is
   *     not known
   */
  ReportedRecords(
      ErrantRecordReporter reporter, String deadLetterTopic, Supplier<OptionalLong> failedLetters) {
    this.reporter = reporter;
    this.deadLetterTopic = deadLetterTopic;
    this.failedLetters = failedLetters;
    this.failedBefore = failedLetters.get();
  }

  @Override
  public Future<Void> report(SinkRecord record, List<String> reasons) {
    RecordError error = new RecordError(record, reasons);
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Future<Void> sent = reporter.report(record, error);
        if (deadLetterTopic.isEmpty()) {
          return sent;
        }
        if (!isOver(sent) || !mayHaveFailed()) {
          return new DeadLetter(sent, deadLetterTopic, DeadLetter.describe(record, reasons));
        }
      }
    } catch (ConnectException notTolerated) {
      throw new ConnectException(error.getMessage(), notTolerated);
    } catch (KafkaException refused) {
      throw lost(record, reasons, String.valueOf(refused.getMessage()), refused);
    }
    throw lost(
        record, reasons, "the producer refused it at once; the worker's log says why.", error);
  }

  /**
   * Whether the report waits for no producer: the worker returns a future of its own type if it
   * waits for one, and otherwise a completed one.
   */
  private static boolean isOver(Future<Void> sent) {
    return sent instanceof CompletableFuture && sent.isDone();
  }

  private boolean mayHaveFailed() {
    OptionalLong failed = failedLetters.get();
    boolean none = failed.isPresent() && failed.equals(failedBefore);
    failedBefore = failed;
    return !none;
  }

  private ConnectException lost(
      SinkRecord record, List<String> reasons, String why, Throwable cause) {
    return DeadLetter.lost(deadLetterTopic, DeadLetter.describe(record, reasons), why, cause);
  }
}
