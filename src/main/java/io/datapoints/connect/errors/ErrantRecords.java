package io.datapoints.connect.errors;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** What happens to a record of which a part, or all, cannot be written. Used on the task thread. */
public interface ErrantRecords {

  /**
   * Reports one record, once.
   *
   * @param record as the framework delivered it, so that a dead letter has the original bytes
   * @param reasons every rule that it breaks
   * @return done when the report is safe: until then the record may not be committed
   * @throws org.apache.kafka.connect.errors.ConnectException when errors are not tolerated; names
   *     the record and the reasons
   */
  Future<Void> report(SinkRecord record, List<String> reasons);

  /**
   * Chooses by what the worker offers (KIP-610). Without a dead letter topic and without {@code
   * errors.log.enable} a worker has no reporter, even when errors are tolerated. Where they are
   * not, the first bad record fails the task.
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
