package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.store.mongodb.bson.Utf8;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for field names in a document. */
final class FieldName {

  private static final Set<String> REFERENCE = Set.of("$ref", "$id", "$db");
  private static final Set<String> TARGET = Set.of("$ref", "$id");

  private FieldName() {}

  /**
   * Checks a key of a map as the name of a field.
   *
   * @throws InvalidValue if the key is not valid as a field name
   */
  static void check(@Nullable Object key) {
    check(key, Map.of());
  }

  /**
   * As {@link #check(Object)}, for a document within another one, which may be a reference to a
   * document: these have names that begin with $.
   *
   * @param document the document whose field it is
   */
  static void check(@Nullable Object key, Map<?, ?> document) {
    if (key == null || key instanceof ByteBuffer || key instanceof List || key instanceof Map) {
      throw new InvalidValue("has a name that is no text, number or time.");
    }
    String name = key.toString();
    if (name.isEmpty()) {
      throw new InvalidValue("has an empty name.");
    }
    if (name.charAt(0) == '$'
        && !(REFERENCE.contains(name) && document.keySet().containsAll(TARGET))) {
      throw new InvalidValue(
          document.size() == 1
              ? "has a name that begins with $; ejson(x) reads extended JSON."
              : "has a name that begins with $.");
    }
    if (name.indexOf('.') >= 0) {
      throw new InvalidValue("has a name with a dot.");
    }
    if (name.indexOf('\0') >= 0) {
      throw new InvalidValue("has a name with a NUL character.");
    }
    int length = Utf8.length(name);
    if (length > MongoLayout.MAX_DOCUMENT_BYTES) {
      throw new InvalidValue(ValueWriter.TOO_LARGE);
    }
    if (length == Utf8.INVALID) {
      throw new InvalidValue(
          "has a name that is not valid Unicode: it has half of a surrogate pair.");
    }
  }
}
