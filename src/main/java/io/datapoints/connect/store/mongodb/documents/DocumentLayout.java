package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Plans the documents of mapped records in all their collections. The store's threads add topics
 * while the task thread plans.
 */
public final class DocumentLayout implements MongoLayout<MappedRecord, DocumentRow> {

  private final Map<String, List<DocumentPlanner>> topics = new ConcurrentHashMap<>();
  private final ValueWriter writer = new ValueWriter();
  private final RefusedTopics refused;

  public DocumentLayout(RefusedTopics refused) {
    this.refused = refused;
  }

  /**
   * Adds a topic, whose records are planned from now on.
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
  public Plan plan(MappedRecord record) {
    List<DocumentPlanner> planners = topics.get(record.topic());
    if (planners == null) {
      return Objects.requireNonNull(refused.plan(record.topic()), "a topic that is not covered");
    }
    return planners.get(record.target()).plan(record, writer);
  }

  /**
   * One operation for each change of a document, but none for a change that a later one makes
   * redundant: a document that is rewritten repeatedly costs one operation per batch.
   */
  @Override
  public List<Operation> operations(List<DocumentRow> rows, int from, int to) {
    List<Operation> operations = new ArrayList<>(to - from);
    int document = firstOfDocument(rows, from);
    for (int i = from; i < to; i++) {
      DocumentRow row = rows.get(i);
      if (i > from && !row.sharesDocument(rows.get(i - 1))) {
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
  public @Nullable Bson superseding(DocumentRow row) {
    return row.superseding();
  }

  private static boolean outdoes(
      DocumentRow row, Operation last, int document, List<DocumentRow> rows) {
    return last.document() == document && row.outdoes(rows.get(last.lastRow()));
  }

  /** The first row of the document, which can be before the requested range. */
  private static int firstOfDocument(List<DocumentRow> rows, int from) {
    DocumentRow row = rows.get(from);
    int first = from;
    while (first > 0 && row.sharesDocument(rows.get(first - 1))) {
      first--;
    }
    return first;
  }
}
