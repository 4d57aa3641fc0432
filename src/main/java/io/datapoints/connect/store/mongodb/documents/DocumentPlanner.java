package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.Decimals;
import io.datapoints.connect.mapping.WithoutValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.documents.DocumentFields.Place;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the mapped values of records into upserts of one collection.
 *
 * <p>The fields of the key are the filter. The other fields are set one by one, so that unmapped
 * fields stay. A missing value leaves its field unchanged, and so does a null unless nulls are
 * written. Values are added to an array as to a set, so that a replay has no effect, and to a
 * document field by field. A record without any such value creates no document.
 *
 * <p>A record without a value deletes the document if the mapping writes all of it, otherwise only
 * the mapping's own fields. Each change except a deletion stores its version in the document. A
 * change is not made if the stored version is later, see {@link DocumentVersions}. Used by the task
 * thread only.
 */
public final class DocumentPlanner {

  private static final Field SET = Field.named(DocumentRow.SET);
  private static final Field ADD_TO_SET = Field.named(DocumentRow.ADD_TO_SET);
  private static final Field UNSET = Field.named(DocumentRow.UNSET);
  private static final Field SET_ON_INSERT = Field.named("$setOnInsert");
  private static final Field EACH = Field.named("$each");

  /** The offset basis and the prime of the 64-bit FNV-1a hash. */
  private static final long FNV_BASIS = 0xCBF2_9CE4_8422_2325L;

  private static final long FNV_PRIME = 0x0000_0100_0000_01B3L;

  private final String collection;
  private final BulkKeys keys;
  private final boolean deletes;
  private final WithoutValue withoutValue;
  private final boolean ownsDocument;
  private final Decimals decimals;
  private final DocumentFields fields;
  private final String versionField;
  private final @Nullable DocumentVersions versions;
  private final Problems problems = new Problems();

  /**
   * @param target a target that {@link MappingCheck} accepted
   * @param collection database and collection, for messages
   * @param ownsDocument whether no other mapping writes fields of these documents
   */
  public DocumentPlanner(
      MappedTarget target, String collection, BulkKeys keys, boolean ownsDocument, Clock clock) {
    this.collection = collection;
    this.keys = keys;
    this.deletes = target.options().deletes();
    this.withoutValue =
        new WithoutValue(target.mapping(), Set.copyOf(target.options().mongo().key()));
    this.ownsDocument = ownsDocument;
    this.decimals = target.options().mongo().decimals();
    this.fields = new DocumentFields(target);
    this.versionField = target.options().mongo().versionField();
    this.versions = versionField.isEmpty() ? null : new DocumentVersions(versionField, clock);
  }

  Plan plan(MappedRecord record, ValueWriter writer) {
    boolean deletion = record.deletion() && !withoutValue.writes(record);
    if (deletion ? !deletes || ownsNothing() : !fields.makeDocument(record)) {
      return Plan.Nothing.NOTHING;
    }
    boolean unsets = deletion && !ownsDocument;
    BsonBytes out = writer.begin(decimals);
    problems.clear();
    int keyEnd = putFilter(record, writer, out);
    int filterLength = out.length();
    if (unsets) {
      putUnset(record, writer, out);
    } else if (!deletion) {
      putUpdate(record, writer, out);
    }
    if (out.length() > MongoLayout.MAX_DOCUMENT_BYTES) {
      problems.add("the document", new InvalidValue(ValueWriter.TOO_LARGE));
    }
    if (!problems.none()) {
      return new Plan.Rejected(collection + ": " + problems);
    }
    byte[] encoded = out.toArray();
    return new DocumentRow(
        keys.of(hash(encoded, keyEnd)), encoded, keyEnd, filterLength, !unsets, record.origin());
  }

  private boolean ownsNothing() {
    return !ownsDocument && fields.onlyKey();
  }

  /** The hash of the key's elements, which follow the length of the filter. */
  private static long hash(byte[] bytes, int end) {
    long hash = FNV_BASIS;
    for (int i = Integer.BYTES; i < end; i++) {
      hash = (hash ^ bytes[i]) * FNV_PRIME;
    }
    return hash;
  }

  /** Writes the filter and returns the end of the key's elements. */
  private int putFilter(MappedRecord record, ValueWriter writer, BsonBytes out) {
    int filter = out.begin();
    for (Place place : fields.key()) {
      try {
        putKey(place, place.value(record), writer);
      } catch (InvalidValue invalid) {
        problems.add("key field " + place.path(), invalid);
      }
    }
    int keyEnd = out.length();
    if (versions != null) {
      versions.putCondition(record.origin(), out);
    }
    out.end(filter);
    return keyEnd;
  }

  private static void putKey(Place place, @Nullable Object value, ValueWriter writer) {
    if (value == null || MappedRecord.isNothing(value)) {
      throw new InvalidValue("has no value.");
    }
    if (value instanceof List) {
      throw new InvalidValue("is a list, which cannot identify a document.");
    }
    if (place.typed()) {
      writer.typedKey(place.field(), value, place.level());
    } else {
      writer.key(place.field(), value, place.level());
    }
  }

  private void putUnset(MappedRecord record, ValueWriter writer, BsonBytes out) {
    int update = out.begin();
    int operator = out.begin(UNSET);
    for (List<Place> places : List.of(fields.set(), fields.added())) {
      places.forEach(place -> writer.value(place.field(), true, place.level()));
    }
    out.end(operator);
    if (versions != null) {
      int set = out.begin(SET);
      versions.putVersion(record.origin(), out);
      out.end(set);
    }
    out.end(update);
  }

  private void putUpdate(MappedRecord record, ValueWriter writer, BsonBytes out) {
    int update = out.begin();
    int operator = out.length();
    int operand = out.begin(SET);
    int nothing = out.length();
    putSet(record, writer);
    putRest(record, writer);
    putAddedFields(record, writer);
    if (versions != null) {
      versions.putVersion(record.origin(), out);
    }
    end(out, operator, operand, nothing);
    if (!fields.added().isEmpty()) {
      putAddedElements(record, writer, out);
    }
    if (out.length() == operator) {
      putKeyOnInsert(out);
    }
    out.end(update);
  }

  /** Ends an operator, or removes it if it has no field: servers reject an empty operator. */
  private static void end(BsonBytes out, int operator, int operand, int nothing) {
    if (out.length() == nothing) {
      out.rewind(operator);
    } else {
      out.end(operand);
    }
  }

  /**
   * Sets no field, but creates the document if it is missing; the buffer starts with the filter.
   */
  private static void putKeyOnInsert(BsonBytes out) {
    int operand = out.begin(SET_ON_INSERT);
    out.elementsOf(0);
    out.end(operand);
  }

  private void putSet(MappedRecord record, ValueWriter writer) {
    for (Place place : fields.set()) {
      Object value = place.value(record);
      if (fields.isWritten(value)) {
        put(place, place.field(), value == null ? MappedRecord.NULL : value, writer);
      }
    }
  }

  /** Writes the element of a place, or notes its problem. */
  private void put(Place place, Field field, Object value, ValueWriter writer) {
    try {
      writer.value(field, value, place.level());
    } catch (InvalidValue invalid) {
      note(place, invalid);
    }
  }

  private void note(Place place, InvalidValue invalid) {
    problems.add("field " + place.path(), invalid);
  }

  private void putRest(MappedRecord record, ValueWriter writer) {
    Map<String, @Nullable Object> rest = record.rest();
    if (rest == null) {
      return;
    }
    int number = 0;
    for (Map.Entry<String, @Nullable Object> field : rest.entrySet()) {
      if (fields.isWrittenOfRest(field.getKey(), field.getValue())) {
        try {
          putOfRest(field.getKey(), field.getValue(), writer);
        } catch (InvalidValue invalid) {
          problems.add("field " + number + " of *", invalid);
        }
      }
      number++;
    }
  }

  private void putOfRest(String name, @Nullable Object value, ValueWriter writer) {
    FieldName.check(name);
    if (name.equals(versionField)) {
      throw new InvalidValue(
          "has the name of the version field; leave it out with except, or rename that.");
    }
    writer.value(name, value == null ? MappedRecord.NULL : value, 2);
  }

  /** Adds documents field by field; rejects values that are neither list nor object. */
  private void putAddedFields(MappedRecord record, ValueWriter writer) {
    for (Place place : fields.added()) {
      Object value = place.value(record);
      if (value instanceof Map<?, ?> map) {
        putFields(place, map, writer);
      } else if (!MappedRecord.isNothing(value) && !(value instanceof List)) {
        note(place, new InvalidValue("is neither a list nor an object, which += needs."));
      }
    }
  }

  private void putFields(Place place, Map<?, ?> map, ValueWriter writer) {
    int number = 0;
    for (Map.Entry<?, ?> field : map.entrySet()) {
      try {
        FieldName.check(field.getKey());
        if (field.getValue() != null) {
          String path = place.path() + "." + field.getKey();
          writer.value(path, field.getValue(), place.level() + 1);
        }
      } catch (InvalidValue invalid) {
        note(place, new InvalidValue("field " + number + " " + invalid.getMessage()));
        return;
      }
      number++;
    }
  }

  private void putAddedElements(MappedRecord record, ValueWriter writer, BsonBytes out) {
    int operator = out.length();
    int operand = out.begin(ADD_TO_SET);
    int nothing = out.length();
    for (Place place : fields.added()) {
      if (place.value(record) instanceof List<?> list && !list.isEmpty()) {
        int modifiers = out.begin(place.field());
        put(place, EACH, list, writer);
        out.end(modifiers);
      }
    }
    end(out, operator, operand, nothing);
  }
}
