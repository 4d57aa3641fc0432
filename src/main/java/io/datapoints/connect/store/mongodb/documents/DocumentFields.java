package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.mongodb.bson.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a document that a mapping fills. Immutable. */
final class DocumentFields {

  /** The assignment of a key field that comes from the rest. */
  private static final int REST = -1;

  /**
   * A field of the document.
   *
   * @param path its names joined by dots
   * @param assignment the position of its assignment in the mapping, or {@link #REST}
   * @param level the level of a document or list in the field
   * @param typed whether its value has the same type in every record
   */
  record Place(String path, Field field, int assignment, int level, boolean typed) {

    private static Place of(String path, int assignment, boolean typed) {
      int names = path.split("\\.", -1).length;
      return new Place(path, Field.named(path), assignment, names + 1, typed);
    }

    @Nullable Object value(MappedRecord record) {
      return assignment == REST ? record.rest(path) : record.value(assignment);
    }
  }

  private final List<Place> key = new ArrayList<>();
  private final List<Place> set = new ArrayList<>();
  private final List<Place> added = new ArrayList<>();
  private final boolean hasRest;
  private final boolean nullToUnset;

  /** Names that the rest must not write, since other fields do. */
  private final Set<String> spokenFor = new HashSet<>();

  /**
   * @param target a target that {@link MappingCheck} accepted
   */
  DocumentFields(MappedTarget target) {
    this.hasRest = target.mapping().rest() != null;
    this.nullToUnset = target.options().nullToUnset();
    List<String> keyPaths = target.options().mongo().key();
    List<Assignment> assignments = target.mapping().assignments();
    List<String> paths = assignments.stream().map(each -> String.join(".", each.path())).toList();
    for (String path : keyPaths) {
      int assignment = paths.indexOf(path);
      boolean typed =
          assignment != REST && Function.fixesType(assignments.get(assignment).source());
      key.add(Place.of(path, assignment, typed));
      spokenFor.add(path);
    }
    for (int i = 0; i < paths.size(); i++) {
      spokenFor.add(assignments.get(i).column());
      if (!keyPaths.contains(paths.get(i))) {
        boolean adds = assignments.get(i).operation() == Assignment.Operation.ADD;
        (adds ? added : set).add(Place.of(paths.get(i), i, false));
      }
    }
  }

  /** The fields that identify the document. */
  List<Place> key() {
    return key;
  }

  /** The fields that are set. */
  List<Place> set() {
    return set;
  }

  /** The fields that values are added to. */
  List<Place> added() {
    return added;
  }

  /** Whether the mapping has only a key, and perhaps a rest. */
  boolean onlyKey() {
    return set.isEmpty() && added.isEmpty();
  }

  /**
   * Whether a record has a value for a document besides its key, or the mapping reads only the key.
   */
  boolean makeDocument(MappedRecord record) {
    if (record.rest() != null || (onlyKey() && !hasRest)) {
      return true;
    }
    for (Place place : set) {
      if (isWritten(place.value(record))) {
        return true;
      }
    }
    for (Place place : added) {
      if (!MappedRecord.isNothing(place.value(record))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value is written; a null is written only if the settings say so. */
  boolean isWritten(@Nullable Object value) {
    return value == null ? !nullToUnset : value != MappedRecord.MISSING;
  }

  /** Whether the rest writes this field. */
  boolean isWrittenOfRest(String name, @Nullable Object value) {
    return (value != null || !nullToUnset) && !spokenFor.contains(name);
  }
}
