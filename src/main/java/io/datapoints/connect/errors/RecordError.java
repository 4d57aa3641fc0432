package io.datapoints.connect.errors;

import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Says which record is bad and why, in the coordinates of the log, without a word of its content.
 */
final class RecordError extends DataException {

  RecordError(SinkRecord record, List<String> reasons) {
    super(describe(record, reasons));
  }

  /** A dead letter carries the text; where it was thrown tells its reader nothing. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  static String describe(SinkRecord record, List<String> reasons) {
    return "Record "
        + record.originalTopic()
        + "-"
        + record.originalKafkaPartition()
        + "@"
        + record.originalKafkaOffset()
        + ": "
        + String.join(" ", reasons);
  }
}
