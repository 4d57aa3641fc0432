package io.datapoints.connect.table;

import static java.util.stream.Collectors.joining;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import io.datapoints.connect.GeneratedTable;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.store.cassandra.codec.CellCodecs;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import io.datapoints.connect.store.mongodb.documents.EncodedValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.Test;

/** Holds the page of the forms of values to the code. {@code -Ddocs.update=true} rewrites it. */
class ValuesPageTest {

  private static final Path PAGE = Path.of("docs", "reference", "values.md");
  private static final String REFUSED = "\u2014";

  private static final List<DataType> TYPES =
      List.of(
          DataTypes.TEXT,
          DataTypes.BIGINT,
          DataTypes.DECIMAL,
          DataTypes.TIMESTAMP,
          DataTypes.DATE,
          DataTypes.TIME,
          DataTypes.DURATION,
          DataTypes.BLOB);

  private final CellCodecs codecs = new CellCodecs(new Times(TimestampUnit.MS, null));

  @Test
  void thePageSaysWhatBecomesOfEveryForm() throws IOException {
    StringBuilder table = new StringBuilder("\n| Form | Example |");
    TYPES.forEach(type -> table.append(" `").append(type.asCql(false, false)).append("` |"));
    table.append(" MongoDB |\n|---|---|").append("---|".repeat(TYPES.size())).append("---|\n");
    for (ValueForm form : ValueForm.all()) {
      Object value =
          Objects.requireNonNull(TableReading.of("v=value.v").read(form.record()).only());
      table.append("| ").append(form.name()).append(" | ").append(form.example()).append(" | ");
      table.append(TYPES.stream().map(type -> stored(type, value)).collect(joining(" | ")));
      table.append(" | ").append(bson(EncodedValue.of(value))).append(" |\n");
    }
    new GeneratedTable(PAGE, "values").is(table.append('\n').toString());
  }

  private String stored(DataType type, Object value) {
    ValueBytes bytes = new ValueBytes();
    try {
      (value instanceof ByteBuffer ? codecs.ofBytes(type) : codecs.ofColumn(type))
          .encode(value, bytes, name -> {});
    } catch (InvalidValue refused) {
      return REFUSED;
    }
    TypeCodec<Object> codec = CodecRegistry.DEFAULT.codecFor(type);
    Object decoded = codec.decode(ByteBuffer.wrap(bytes.take(0)), DefaultProtocolVersion.DEFAULT);
    if (decoded == null) {
      return "empty";
    }
    return "`" + (decoded instanceof ByteBuffer ? codec.format(decoded) : decoded) + "`";
  }

  private static String bson(BsonValue value) {
    String type =
        switch (value.getBsonType()) {
          case INT32 -> "int";
          case INT64 -> "long";
          case DECIMAL128 -> "decimal";
          case BINARY -> "binData";
          case BOOLEAN -> "bool";
          default ->
              value.getBsonType().name().replace("_TIME", "").toLowerCase(java.util.Locale.ROOT);
        };
    String text =
        value instanceof BsonDateTime time
            ? java.time.Instant.ofEpochMilli(time.getValue()).atOffset(ZoneOffset.UTC).toString()
            : value instanceof BsonDecimal128 decimal
                ? decimal.getValue().toString()
                : value instanceof BsonString string
                    ? string.getValue()
                    : value.isBinary()
                        ? java.util.HexFormat.of().formatHex(value.asBinary().getData())
                        : json(value);
    return type + " `" + text + "`";
  }

  private static String json(BsonValue value) {
    String document =
        new BsonDocument("f", value)
            .toJson(JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build());
    return document.substring("{\"f\": ".length(), document.length() - 1);
  }
}
