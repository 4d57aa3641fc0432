package io.datapoints.connect.errors;

import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Names a bad record by its original coordinates, and the reasons, without any of its content. */
final class RecordError extends DataException {

  RecordError(SinkRecord record, List<String> reasons) {
    super(describe(record, reasons));
  }

  /** Skips the stack trace, which is of no use to the reader of a dead letter. */
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
