package io.datapoints.connect.errors;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Reports records that are bad as a whole or in part. Used on the task thread. */
public interface ErrantRecords {

  /**
   * Reports one record, once.
   *
   * @param record as the framework delivered it, so that a dead letter has the original bytes
   * @param reasons every rule that it breaks
   * @return done when the report is durable; the record must not be committed before
   * @throws org.apache.kafka.connect.errors.ConnectException if errors are not tolerated; names the
   *     record and the reasons
   */
  Future<Void> report(SinkRecord record, List<String> reasons);

  /**
   * Reports to the worker if it has a reporter (KIP-610). It has none if neither a dead letter
   * topic nor {@code errors.log.enable} is set; bad records are then skipped if errors are
   * tolerated, and otherwise the first one fails the task.
   */
  static ErrantRecords of(SinkTaskContext context, Map<String, String> settings) {
    ErrantRecordReporter reporter = context.errantRecordReporter();
    if (reporter != null) {
      return new ReportedRecords(
          reporter,
          settings.getOrDefault("errors.deadletterqueue.topic.name", "").strip(),
          new FailedLetters(settings)::count);
    }
    return "all".equalsIgnoreCase(settings.getOrDefault("errors.tolerance", "none"))
        ? new SkippedRecords(System::nanoTime)
        : (record, reasons) -> {
          throw new RecordError(record, reasons);
        };
  }
}
