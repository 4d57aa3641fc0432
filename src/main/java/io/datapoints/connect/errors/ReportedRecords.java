package io.datapoints.connect.errors;

import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Hands bad records to the worker, which sends them to the dead letter topic and the log. The
 * futures it returns are not waited for here: the framework waits for all of them before it
 * commits.
 */
final class ReportedRecords implements ErrantRecords {

  private final ErrantRecordReporter reporter;

  ReportedRecords(ErrantRecordReporter reporter) {
    this.reporter = reporter;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void report(SinkRecord record, List<String> reasons) {
    RecordError error = new RecordError(record, reasons);
    try {
      reporter.report(record, error);
    } catch (ConnectException notTolerated) {
      throw new ConnectException(error.getMessage(), notTolerated);
    }
  }
}
