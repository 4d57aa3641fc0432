package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a mapping can be written to MongoDB; throws {@link StoreException} with the setting
 * and the rule, since only the author of the mapping can fix it.
 */
final class MappingCheck {

  private static final String ID = "_id";

  private final MappedTarget target;
  private final List<String> paths = new ArrayList<>();

  private MappingCheck(MappedTarget target) {
    this.target = target;
  }

  static void check(MappedTarget target) {
    MappingCheck check = new MappingCheck(target);
    target.mapping().assignments().forEach(check::assignment);
    check.key();
    check.overlaps();
    check.version();
  }

  private void assignment(Assignment assignment) {
    if (assignment.pseudo()) {
      throw wrong("mapping", assignment.column() + " is of Cassandra, MongoDB has no such thing");
    }
    assignment.path().forEach(name -> name(name, "mapping"));
    paths.add(String.join(".", assignment.path()));
  }

  private void name(String name, String setting) {
    try {
      FieldName.check(name);
    } catch (InvalidValue invalid) {
      throw wrong(setting, "a field " + invalid.getMessage());
    }
  }

  private void key() {
    List<String> key = target.options().mongo().key();
    if (key.isEmpty()) {
      throw wrong("key", "the fields that identify a document are missing");
    }
    for (String path : key) {
      for (String name : path.split("\\.", -1)) {
        name(name, "key");
      }
      if (path.startsWith(ID + ".")) {
        throw wrong("key", path + " is a part of _id, which is only there as a whole");
      }
      if (key.indexOf(path) != key.lastIndexOf(path)) {
        throw wrong("key", path + " is there twice");
      }
      source(path);
    }
  }

  /** Every field of the key needs a source. */
  private void source(String path) {
    int assigned = paths.indexOf(path);
    if (assigned < 0) {
      Mapping.@Nullable Rest rest = target.mapping().rest();
      if (rest == null || rest.except().contains(path) || path.indexOf('.') >= 0) {
        throw wrong("key", path + " is assigned by no entry of the mapping");
      }
      paths.add(path);
    } else if (target.mapping().assignments().get(assigned).operation()
        == Assignment.Operation.ADD) {
      throw wrong("key", path + " identifies the document, so nothing can be added to it with +=");
    }
  }

  /** Servers reject an update that writes a field and a part of it. */
  private void overlaps() {
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < paths.size(); j++) {
        if (i != j && (paths.get(j) + ".").startsWith(paths.get(i) + ".")) {
          throw wrong(
              "mapping", paths.get(i) + " and " + paths.get(j) + " cannot be written together");
        }
      }
    }
  }

  /** A mapping must not write the connector's own version field. */
  private void version() {
    String field = target.options().mongo().versionField();
    if (!field.isEmpty()) {
      name(field, "versionField");
    }
    for (String path : paths) {
      if (path.equals(field) || path.startsWith(field + ".")) {
        throw wrong("versionField", path + " is mapped; name another field, or none");
      }
    }
  }

  private StoreException wrong(String setting, String rule) {
    String key = target.prefix() + setting;
    return StoreException.misconfigured(key, key + ": " + rule);
  }
}
