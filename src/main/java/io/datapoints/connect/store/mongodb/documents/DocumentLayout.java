package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.model.Cells;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.mongodb.bulk.Layout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The documents that mappings make of records, in whichever collections. Topics are added on the
 * store's threads while the task thread plans.
 */
public final class DocumentLayout implements Layout {

  private final Map<String, List<DocumentPlanner>> topics = new ConcurrentHashMap<>();
  private final CellEncoder encoder = new CellEncoder();
  private final RefusedTopics refused;

  public DocumentLayout(RefusedTopics refused) {
    this.refused = refused;
  }

  /**
   * Plans for the records of a topic from now on.
   *
   * @param planners one for each target of the topic, in their order
   */
  public void add(String topic, List<DocumentPlanner> planners) {
    topics.put(topic, planners);
  }

  boolean covers(String topic) {
    return topics.containsKey(topic);
  }

  boolean isEmpty() {
    return topics.isEmpty();
  }

  @Override
  public Plan plan(Sample sample) {
    Cells cells = (Cells) sample;
    List<DocumentPlanner> planners = topics.get(cells.topic());
    if (planners == null) {
      return Objects.requireNonNull(refused.plan(cells.topic()), "a topic that is not covered");
    }
    return planners.get(cells.target()).plan(cells, encoder);
  }

  /**
   * One operation for each change of a document, but none for a change that a later one outdoes: a
   * document that is rewritten again and again costs the server one operation a batch.
   */
  @Override
  public List<Operation> operations(List<Row> rows, int from, int to) {
    List<Operation> operations = new ArrayList<>(to - from);
    int document = firstOfDocument(rows, from);
    for (int i = from; i < to; i++) {
      DocumentRow row = (DocumentRow) rows.get(i);
      if (i > from && !row.sharesDocument((DocumentRow) rows.get(i - 1))) {
        document = i;
      }
      int first = i;
      for (int last = operations.size() - 1;
          last >= 0 && outdoes(row, operations.get(last), document, rows);
          last--) {
        first = operations.remove(last).firstRow();
      }
      operations.add(new Operation(row.model(), first, i + 1 - first, document));
    }
    return operations;
  }

  @Override
  public @Nullable Bson superseding(Row row) {
    return ((DocumentRow) row).superseding();
  }

  private static boolean outdoes(DocumentRow row, Operation last, int document, List<Row> rows) {
    return last.document() == document && row.outdoes((DocumentRow) rows.get(last.lastRow()));
  }

  /** The document of a row can begin before the part that is asked for. */
  private static int firstOfDocument(List<Row> rows, int from) {
    DocumentRow row = (DocumentRow) rows.get(from);
    int first = from;
    while (first > 0 && row.sharesDocument((DocumentRow) rows.get(first - 1))) {
      first--;
    }
    return first;
  }
}
