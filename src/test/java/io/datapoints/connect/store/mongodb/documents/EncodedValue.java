package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import java.util.Objects;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** What the value of a field is in a document. */
public final class EncodedValue {

  private EncodedValue() {}

  public static BsonValue of(Object value) {
    ValueWriter writer = new ValueWriter();
    BsonBytes out = writer.begin(MappedTarget.Decimals.DECLARED);
    int document = out.begin();
    writer.value(Field.named("f"), value, 2);
    out.end(document);
    return Objects.requireNonNull(new RawBsonDocument(out.toArray()).get("f"));
  }
}
