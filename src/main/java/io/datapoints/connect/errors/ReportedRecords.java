package io.datapoints.connect.errors;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Hands bad records to the worker, which logs them and sends them to the dead letter topic.
 *
 * <p>The worker has two reporters then, and leaves out the futures that are done when both have
 * reported. That is how the future of a producer looks that refuses at once: the record is too
 * large, or the topic may not be written. So a report that has ended when it returns proves
 * nothing. An acknowledgement in that instant looks the same, which is why the record is reported
 * again a few times before it counts as refused.
 */
final class ReportedRecords implements ErrantRecords {

  private static final int ATTEMPTS = 3;

  private final ErrantRecordReporter reporter;
  private final String deadLetterTopic;

  /**
   * @param deadLetterTopic empty where bad records are only logged
   */
  ReportedRecords(ErrantRecordReporter reporter, String deadLetterTopic) {
    this.reporter = reporter;
    this.deadLetterTopic = deadLetterTopic;
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
        if (!endedWithoutProof(sent)) {
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

  private ConnectException lost(
      SinkRecord record, List<String> reasons, String why, Throwable cause) {
    return DeadLetter.lost(deadLetterTopic, DeadLetter.describe(record, reasons), why, cause);
  }

  /** The worker's own future waits for a producer's; any other one waited for nothing. */
  private static boolean endedWithoutProof(Future<Void> sent) {
    return sent instanceof CompletableFuture && sent.isDone();
  }
}
