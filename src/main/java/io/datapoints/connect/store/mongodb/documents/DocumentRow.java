package io.datapoints.connect.store.mongodb.documents;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.mongodb.bulk.BulkKey;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import java.util.Arrays;
import java.util.Set;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * One change of a document: an upsert, the removal of some fields, or the deletion.
 *
 * <p>Two changes of one document are two rows, since the later one need not set what the earlier
 * one set: see {@link #outdoes}. Immutable.
 */
final class DocumentRow implements Row {

  static final String SET = "$set";
  static final String UNSET = "$unset";
  static final String ADD_TO_SET = "$addToSet";

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
  private static final UpdateOptions UPDATE = new UpdateOptions().upsert(false);

  /** The row and its origin. */
  private static final int HEAP_BYTES = 40 + 40;

  private final BulkKey bulks;
  private final byte[] encoded;
  private final int keyEnd;
  private final int filterLength;
  private final boolean upserts;
  private final RecordOrigin origin;

  /**
   * @param encoded the filter, which begins with the key, then the update; must not change later
   * @param keyEnd the end of the key's elements
   * @param filterLength the length of all bytes for a deletion
   * @param upserts whether an update creates a missing document
   * @param origin the origin of the record, which decides which change is later
   */
  DocumentRow(
      BulkKey bulks,
      byte[] encoded,
      int keyEnd,
      int filterLength,
      boolean upserts,
      RecordOrigin origin) {
    this.bulks = bulks;
    this.encoded = encoded;
    this.keyEnd = keyEnd;
    this.filterLength = filterLength;
    this.upserts = upserts;
    this.origin = origin;
  }

  @Override
  public BulkKey partition() {
    return bulks;
  }

  @Override
  public int bytes() {
    return MongoLayout.UPSERT_BYTES + encoded.length;
  }

  @Override
  public int heapBytes() {
    return HEAP_BYTES + HeapBytes.ofBytes(encoded.length);
  }

  /**
   * By document, then in the order of the log. Changes from several partitions of a topic have no
   * order; they are sorted by partition number.
   */
  @Override
  public int compareClusteringKey(Row other) {
    DocumentRow that = (DocumentRow) other;
    int order = compareKeys(that);
    if (order == 0) {
      order = origin.topic().compareTo(that.origin.topic());
    }
    if (order == 0) {
      order = Integer.compare(origin.partition(), that.origin.partition());
    }
    return order == 0 ? Long.compare(origin.offset(), that.origin.offset()) : order;
  }

  @Override
  public boolean follows(Row earlier) {
    return sharesDocument((DocumentRow) earlier);
  }

  /** Whether both rows change the same document. */
  boolean sharesDocument(DocumentRow that) {
    return compareKeys(that) == 0;
  }

  private int compareKeys(DocumentRow that) {
    return Arrays.compare(encoded, Integer.BYTES, keyEnd, that.encoded, Integer.BYTES, that.keyEnd);
  }

  /**
   * Whether this change makes the change right before it redundant: this one deletes the document,
   * or sets every field that the other one sets, adds to or removes. A change that only removes
   * fields makes none redundant: without the upsert before it, it would find no document.
   */
  boolean outdoes(DocumentRow earlier) {
    if (deletes()) {
      return true;
    }
    if (earlier.deletes() || !upserts) {
      return false;
    }
    Set<String> set = fields(SET);
    return set.containsAll(earlier.fields(SET))
        && set.containsAll(earlier.fields(ADD_TO_SET))
        && set.containsAll(earlier.fields(UNSET));
  }

  private boolean deletes() {
    return filterLength == encoded.length;
  }

  private Set<String> fields(String operator) {
    RawBsonDocument update = update();
    return update.containsKey(operator) ? update.getDocument(operator).keySet() : Set.of();
  }

  private RawBsonDocument update() {
    return new RawBsonDocument(encoded, filterLength, encoded.length - filterLength);
  }

  WriteModel<RawBsonDocument> model() {
    return deletes()
        ? new DeleteOneModel<>(filter())
        : new UpdateOneModel<>(filter(), update(), upserts ? UPSERT : UPDATE);
  }

  /** See {@link MongoLayout#superseding}. */
  @Nullable Bson superseding() {
    return DocumentVersions.superseding(filter());
  }

  private RawBsonDocument filter() {
    return new RawBsonDocument(encoded, 0, filterLength);
  }
}
