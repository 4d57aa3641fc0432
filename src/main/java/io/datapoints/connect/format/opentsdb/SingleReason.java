package io.datapoints.connect.format.opentsdb;

import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Joins the reasons against one data point into one, since OpenTSDB answers with one error a data
 * point. The text is built only if the sink wants it.
 */
final class SingleReason implements SampleSink {

  /** Of a data point with thousands of bad tags, these reasons tell enough. */
  private static final int MAX_REASONS = 8;

  private final List<Supplier<String>> reasons = new ArrayList<>();
  private @Nullable SampleSink sink;
  private @Nullable Rule first;

  /** Begins a data point. */
  void begin(SampleSink target) {
    sink = target;
    first = null;
    reasons.clear();
  }

  /** Ends a data point. */
  void end() {
    if (first != null) {
      sink()
          .reject(
              first, () -> reasons.stream().map(Supplier::get).collect(Collectors.joining(" ")));
    }
    sink = null;
  }

  private SampleSink sink() {
    return Objects.requireNonNull(sink);
  }

  @Override
  public void accept(Sample sample) {
    sink().accept(sample);
  }

  @Override
  public void reject(Rule rule, String reason) {
    reject(rule, () -> reason);
  }

  @Override
  public void reject(Rule rule, Supplier<String> reason) {
    if (first == null) {
      first = rule;
    }
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }
}
