package io.datapoints.connect.store.mongodb.bulk;

import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A layout whose collections are ready, with their writers. Here alone the samples and rows of the
 * port, which knows no layout, get the types of this one.
 *
 * @param <S> the samples of the layout
 * @param <R> its rows
 */
public final class OpenLayout<S extends Sample, R extends Row> {

  private final Class<S> samples;
  private final MongoLayout<S, R> layout;
  private final Map<String, BulkWriter<R>> writers;

  /**
   * @param writers one for each collection, by database and collection; the bulk keys name them
   */
  public OpenLayout(
      Class<S> samples, MongoLayout<S, R> layout, Map<String, BulkWriter<R>> writers) {
    this.samples = samples;
    this.layout = layout;
    this.writers = writers;
  }

  /** As {@link io.datapoints.connect.store.Store#plan}. */
  public Plan plan(Sample sample) {
    return layout.plan(samples.cast(sample));
  }

  /** Writes rows of one key that {@link #plan} made. Blocks. */
  @SuppressWarnings("unchecked")
  public Outcome write(List<Row> rows) {
    String collection = ((BulkKey) rows.get(0).partition()).collection();
    return Objects.requireNonNull(writers.get(collection)).write((List<R>) rows);
  }
}
