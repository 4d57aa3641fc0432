package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.delivery.offsets.PendingRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.TooManySamplesException;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import java.util.function.Supplier;

/**
 * Takes the samples of one record, between {@link DeliveryEngine#begin} and {@link #end}: plans
 * each and queues its row.
 */
public final class RecordSink implements SampleSink {

  private final Store planner;
  private final PartitionQueue queue;
  private final PendingRecords records;
  private final PendingRecord pending;
  private final RecordOrigin origin;
  private final long now;
  private boolean taken;
  private int samples;

  /**
   * @param now when the record was entered, in the engine's milliseconds
   */
  RecordSink(
      Store planner,
      PartitionQueue queue,
      PendingRecords records,
      PendingRecord pending,
      RecordOrigin origin,
      long now) {
    this.planner = planner;
    this.queue = queue;
    this.records = records;
    this.pending = pending;
    this.origin = origin;
    this.now = now;
  }

  /** Where the record stands in the log. */
  public RecordOrigin origin() {
    return origin;
  }

  /** Whether anything of the record was planned or rejected so far. */
  public boolean taken() {
    return taken;
  }

  /** With more samples than that, one record alone could take all memory. */
  @Override
  public void announce(int announced) {
    if (announced > queue.maxRows()) {
      throw new TooManySamplesException(
          "The record has more than "
              + queue.maxRows()
              + " samples, all that a task may hold ("
              + BatchingConfig.BUFFER_MAX_ROWS
              + "); nothing from there on was read.");
    }
  }

  @Override
  public void accept(Sample sample) {
    announce(++samples);
    Plan plan = planner.plan(sample);
    if (plan instanceof Row row) {
      taken = true;
      pending.rowPlanned();
      buffer(row);
    } else if (plan instanceof Plan.Rejected rejected) {
      reject(rejected.rule(), rejected.reason());
    } else if (plan instanceof Plan.Expired) {
      records.expired();
    }
  }

  private void buffer(Row row) {
    try {
      queue.add(new BufferedRow(row, pending), now);
    } catch (RuntimeException bug) {
      records.stuck(bug);
      throw bug;
    }
  }

  @Override
  public void reject(Rule rule, String reason) {
    reject(rule, () -> reason);
  }

  @Override
  public void reject(Rule rule, Supplier<String> reason) {
    taken = true;
    records.reject(pending, rule, reason);
  }

  @Override
  public void skip() {
    records.skipped();
  }

  /** No more samples will come from this record. */
  public void end() {
    records.settle(pending);
  }
}
