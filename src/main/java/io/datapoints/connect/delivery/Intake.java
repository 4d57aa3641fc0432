package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.delivery.offsets.Receipt;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.TooManySamplesException;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import java.util.function.Supplier;

/** Takes the samples of one record, between {@link DeliveryEngine#begin} and {@link #end}. */
public final class Intake implements SampleSink {

  private final DeliveryEngine engine;
  private final Receipt receipt;
  private final RecordOrigin origin;
  private final long now;
  private final int maxSamples;
  private boolean taken;
  private int samples;

  /**
   * @param maxSamples how many samples a record may have: with more, one record alone could take
   *     all memory
   */
  Intake(DeliveryEngine engine, Receipt receipt, RecordOrigin origin, long now, int maxSamples) {
    this.engine = engine;
    this.receipt = receipt;
    this.origin = origin;
    this.now = now;
    this.maxSamples = maxSamples;
  }

  /** Where the record stands in the log. */
  public RecordOrigin origin() {
    return origin;
  }

  /** Whether anything of the record was planned or rejected so far. */
  public boolean taken() {
    return taken;
  }

  @Override
  public void announce(int announced) {
    if (announced > maxSamples) {
      throw new TooManySamplesException(
          "The record has more than "
              + maxSamples
              + " samples, all that a task may hold ("
              + BatchingConfig.BUFFER_MAX_ROWS
              + "); nothing from there on was read.");
    }
  }

  @Override
  public void accept(Sample sample) {
    announce(++samples);
    Plan plan = engine.plan(sample);
    if (plan instanceof Row row) {
      taken = true;
      receipt.rowPlanned();
      engine.buffer(row, receipt, now);
    } else if (plan instanceof Plan.Rejected rejected) {
      reject(rejected.rule(), rejected.reason());
    } else if (plan instanceof Plan.Expired) {
      engine.expired();
    }
  }

  @Override
  public void reject(Rule rule, String reason) {
    taken = true;
    engine.reject(receipt, rule, () -> reason);
  }

  @Override
  public void reject(Rule rule, Supplier<String> reason) {
    taken = true;
    engine.reject(receipt, rule, reason);
  }

  /** No more samples will come from this record. */
  public void end() {
    engine.settle(receipt);
  }
}
