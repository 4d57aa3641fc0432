package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.mapping.WithoutValue;
import io.datapoints.connect.model.Cells;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bulk.Lanes;
import io.datapoints.connect.store.mongodb.bulk.Layout;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a mapping took out of records into upserts of one collection.
 *
 * <p>The fields of the key are the filter. The others are set, each by itself, so that fields which
 * nobody mapped stay; a null leaves its field alone, unless it is to be written, and what is
 * missing always does. What is added goes to an array as to a set, which a replay repeats without
 * effect, and to a document field by field. A record that has nothing of all that makes no
 * document.
 *
 * <p>A record without a value deletes the document where the mapping writes all of it, and else its
 * own fields. Each change but a deletion leaves its version in the document, and none is made where
 * the version is a later one, see {@link DocumentVersions}. Used by the task thread only.
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

  /** Stands for a field of the key that is one of the rest. */
  private static final int REST = -1;

  /**
   * A field of the document.
   *
   * @param path its names joined by dots
   * @param assignment the position of its assignment in the mapping, or {@link #REST}
   * @param level of a document or list in it
   * @param typed whether its value has the same type in every record
   */
  private record Place(String path, Field field, int assignment, int level, boolean typed) {

    static Place of(String path, int assignment, boolean typed) {
      int names = path.split("\\.", -1).length;
      return new Place(path, Field.named(path), assignment, names + 1, typed);
    }
  }

  private final String collection;
  private final Lanes lanes;
  private final MappedTarget.Options options;
  private final WithoutValue withoutValue;
  private final boolean ownsDocument;
  private final boolean hasRest;
  private final String versionField;
  private final @Nullable DocumentVersions versions;
  private final List<Place> key = new ArrayList<>();
  private final List<Place> set = new ArrayList<>();
  private final List<Place> added = new ArrayList<>();

  private final Problems problems = new Problems();

  /** Fields of the rest that are written by themselves. */
  private final Set<String> spokenFor = new HashSet<>();

  /**
   * @param target one that {@link MappingCheck} found in order
   * @param collection database and collection, for messages
   * @param ownsDocument whether no other mapping writes fields of these documents
   */
  public DocumentPlanner(
      MappedTarget target, String collection, Lanes lanes, boolean ownsDocument, Clock clock) {
    this.collection = collection;
    this.lanes = lanes;
    this.options = target.options();
    this.withoutValue = new WithoutValue(target.mapping(), Set.copyOf(options.mongo().key()));
    this.ownsDocument = ownsDocument;
    this.hasRest = target.mapping().rest() != null;
    this.versionField = options.mongo().versionField();
    this.versions = versionField.isEmpty() ? null : new DocumentVersions(versionField, clock);
    List<Assignment> assignments = target.mapping().assignments();
    List<String> paths = assignments.stream().map(each -> String.join(".", each.path())).toList();
    for (String name : options.mongo().key()) {
      int assignment = paths.indexOf(name);
      boolean typed =
          assignment != REST && Function.fixesType(assignments.get(assignment).source());
      key.add(Place.of(name, assignment, typed));
      spokenFor.add(name);
    }
    for (int i = 0; i < paths.size(); i++) {
      spokenFor.add(assignments.get(i).column());
      if (!options.mongo().key().contains(paths.get(i))) {
        boolean adds = assignments.get(i).operation() == Assignment.Operation.ADD;
        (adds ? added : set).add(Place.of(paths.get(i), i, false));
      }
    }
  }

  Plan plan(Cells cells, CellEncoder encoder) {
    boolean deletes = cells.deletion() && !withoutValue.writes(cells);
    if (deletes ? !options.deletes() || ownsNothing() : !makesDocument(cells)) {
      return Plan.Nothing.NOTHING;
    }
    boolean unsets = deletes && !ownsDocument;
    BsonBytes out = encoder.begin();
    problems.clear();
    int keyEnd = putFilter(cells, encoder, out);
    int filterLength = out.length();
    if (unsets) {
      putUnset(cells, encoder, out);
    } else if (!deletes) {
      putUpdate(cells, encoder, out);
    }
    if (out.length() > Layout.MAX_DOCUMENT_BYTES) {
      problems.add("the document", CellEncoder.TOO_LARGE);
    }
    if (!problems.none()) {
      return new Plan.Rejected(collection + ": " + problems);
    }
    byte[] encoded = out.toArray();
    return new DocumentRow(
        lanes.of(hash(encoded, keyEnd)), encoded, keyEnd, filterLength, !unsets, cells.origin());
  }

  private boolean ownsNothing() {
    return !ownsDocument && set.isEmpty() && added.isEmpty();
  }

  /**
   * Whether a record has anything for a document beside its key, or its key is all that the mapping
   * asks for.
   */
  private boolean makesDocument(Cells cells) {
    if (cells.rest() != null || (set.isEmpty() && added.isEmpty() && !hasRest)) {
      return true;
    }
    for (Place place : set) {
      if (isWritten(cells.value(place.assignment()))) {
        return true;
      }
    }
    for (Place place : added) {
      if (!Cells.isNothing(cells.value(place.assignment()))) {
        return true;
      }
    }
    return false;
  }

  private boolean isWritten(@Nullable Object value) {
    return value == null ? !options.nullToUnset() : value != Cells.MISSING;
  }

  /** Of the elements of the key, which follow the length of the filter. */
  private static long hash(byte[] bytes, int end) {
    long hash = FNV_BASIS;
    for (int i = Integer.BYTES; i < end; i++) {
      hash = (hash ^ bytes[i]) * FNV_PRIME;
    }
    return hash;
  }

  /** Returns where the elements of the key end. */
  private int putFilter(Cells cells, CellEncoder encoder, BsonBytes out) {
    int filter = out.begin();
    for (Place place : key) {
      String problem = putKey(place, keyValue(place, cells), encoder);
      if (problem != null) {
        problems.add("key field " + place.path(), problem);
      }
    }
    int keyEnd = out.length();
    if (versions != null) {
      versions.putCondition(cells.origin(), out);
    }
    out.end(filter);
    return keyEnd;
  }

  private static @Nullable String putKey(Place place, @Nullable Object value, CellEncoder encoder) {
    if (value == null || Cells.isNothing(value)) {
      return "has no value.";
    }
    if (value instanceof List) {
      return "is a list, which cannot identify a document.";
    }
    return place.typed()
        ? encoder.value(place.field(), value, place.level())
        : encoder.key(place.field(), value, place.level());
  }

  private static @Nullable Object keyValue(Place place, Cells cells) {
    return place.assignment() == REST ? cells.rest(place.path()) : cells.value(place.assignment());
  }

  private void putUnset(Cells cells, CellEncoder encoder, BsonBytes out) {
    int update = out.begin();
    int fields = out.begin(UNSET);
    for (List<Place> places : List.of(set, added)) {
      places.forEach(place -> encoder.value(place.field(), true, place.level()));
    }
    out.end(fields);
    if (versions != null) {
      int set = out.begin(SET);
      versions.putVersion(cells.origin(), out);
      out.end(set);
    }
    out.end(update);
  }

  private void putUpdate(Cells cells, CellEncoder encoder, BsonBytes out) {
    int update = out.begin();
    int operator = out.length();
    int fields = out.begin(SET);
    int nothing = out.length();
    putSet(cells, encoder);
    putRest(cells, encoder);
    putAddedFields(cells, encoder);
    if (versions != null) {
      versions.putVersion(cells.origin(), out);
    }
    end(out, operator, fields, nothing);
    if (!added.isEmpty()) {
      putAddedElements(cells, encoder, out);
    }
    if (out.length() == operator) {
      putKeyOnInsert(out);
    }
    out.end(update);
  }

  /** Ends an operator, or takes it back where it has no field, which servers refuse. */
  private static void end(BsonBytes out, int operator, int fields, int nothing) {
    if (out.length() == nothing) {
      out.rewind(operator);
    } else {
      out.end(fields);
    }
  }

  /** Sets nothing, but makes the document be there; the filter is the first of what is written. */
  private static void putKeyOnInsert(BsonBytes out) {
    int fields = out.begin(SET_ON_INSERT);
    out.elementsOf(0);
    out.end(fields);
  }

  private void putSet(Cells cells, CellEncoder encoder) {
    for (Place place : set) {
      Object value = cells.value(place.assignment());
      if (isWritten(value)) {
        Object written = value == null ? Cells.NULL : value;
        note(place, encoder.value(place.field(), written, place.level()));
      }
    }
  }

  private void note(Place place, @Nullable String problem) {
    if (problem != null) {
      problems.add("field " + place.path(), problem);
    }
  }

  private void putRest(Cells cells, CellEncoder encoder) {
    Map<String, @Nullable Object> rest = cells.rest();
    if (rest == null) {
      return;
    }
    int field = 0;
    for (Map.Entry<String, @Nullable Object> entry : rest.entrySet()) {
      String problem = putOfRest(entry.getKey(), entry.getValue(), encoder);
      if (problem != null) {
        problems.add("field " + field + " of *", problem);
      }
      field++;
    }
  }

  private @Nullable String putOfRest(String name, @Nullable Object value, CellEncoder encoder) {
    boolean left = value == null && options.nullToUnset();
    if (left || spokenFor.contains(name)) {
      return null;
    }
    String problem = CellEncoder.nameProblem(name);
    if (problem == null && name.equals(versionField)) {
      problem = "has the name of the version field; leave it out with except, or rename that.";
    }
    return problem != null ? problem : encoder.value(name, value == null ? Cells.NULL : value, 2);
  }

  /** Adds documents, field by field; and refuses what can be added to nothing. */
  private void putAddedFields(Cells cells, CellEncoder encoder) {
    for (Place place : added) {
      Object value = cells.value(place.assignment());
      if (value instanceof Map<?, ?> map) {
        note(place, putFields(place, map, encoder));
      } else if (!Cells.isNothing(value) && !(value instanceof List)) {
        note(place, "is neither a list nor an object, which += needs.");
      }
    }
  }

  private static @Nullable String putFields(Place place, Map<?, ?> map, CellEncoder encoder) {
    int field = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = entry.getValue();
      String problem = CellEncoder.nameProblem(entry.getKey());
      if (problem == null && value != null) {
        problem = encoder.value(place.path() + "." + entry.getKey(), value, place.level() + 1);
      }
      if (problem != null) {
        return "field " + field + " " + problem;
      }
      field++;
    }
    return null;
  }

  private void putAddedElements(Cells cells, CellEncoder encoder, BsonBytes out) {
    int operator = out.length();
    int fields = out.begin(ADD_TO_SET);
    int nothing = out.length();
    for (Place place : added) {
      if (cells.value(place.assignment()) instanceof List<?> list && !list.isEmpty()) {
        int modifiers = out.begin(place.field());
        note(place, encoder.value(EACH, list, place.level()));
        out.end(modifiers);
      }
    }
    end(out, operator, fields, nothing);
  }
}
