package io.datapoints.connect.errors;

import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.connect.sink.SinkRecord;

/** Fails the task on the first bad record: errors.tolerance is none. */
final class FatalRecords implements ErrantRecords {

  @Override
  public Future<Void> report(SinkRecord record, List<String> reasons) {
    throw new RecordError(record, reasons);
  }
}
