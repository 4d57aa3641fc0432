package io.datapoints.connect.errors;

import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Hands bad records to the worker, which sends them to the dead letter topic and the log. The
 * framework waits for the futures of earlier reports before it asks for offsets, but not for those
 * of a report made while it asks; so they are handed on.
 */
final class ReportedRecords implements ErrantRecords {

  private final ErrantRecordReporter reporter;

  ReportedRecords(ErrantRecordReporter reporter) {
    this.reporter = reporter;
  }

  @Override
  public Future<Void> report(SinkRecord record, List<String> reasons) {
    RecordError error = new RecordError(record, reasons);
    try {
      return reporter.report(record, error);
    } catch (ConnectException notTolerated) {
      throw new ConnectException(error.getMessage(), notTolerated);
    }
  }
}
