package io.datapoints.connect.store.cassandra.codec;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Creates the codec of a CQL type, once per column. */
public final class CellCodecs {

  private final Times times;

  /**
   * @param times how numbers and texts are read as times
   */
  public CellCodecs(Times times) {
    this.times = times;
  }

  /** The codec of a column of this type, which may also be given the JSON text of a compound. */
  public CellCodec ofColumn(DataType type) {
    CellCodec compound = compound(type);
    return compound == null ? primitive(type) : new TextCodecs.FromJson(compound);
  }

  /** The codec of a column that takes a whole key or value. */
  public CellCodec ofWhole(DataType type) {
    CellCodec codec = ofColumn(type);
    return codec == TextCodecs.Blob.CODEC ? TextCodecs.WholeBlob.CODEC : codec;
  }

  /** The codec that a column has for the bytes of a key or a value. */
  public CellCodec ofBytes(DataType type) {
    CellCodec codec = ofColumn(type);
    return codec == TextCodecs.Blob.CODEC || codec instanceof TextCodecs.FromJson
        ? codec
        : new TextCodecs.FromBytes(codec);
  }

  /**
   * The codec of this type.
   *
   * @throws StoreException for a type that is written as a Java class
   */
  public CellCodec of(DataType type) {
    CellCodec compound = compound(type);
    return compound == null ? primitive(type) : compound;
  }

  private @Nullable CellCodec compound(DataType type) {
    if (type instanceof ListType list) {
      return new CollectionCodecs.Elements(of(list.getElementType()));
    }
    if (type instanceof SetType set) {
      return new CollectionCodecs.Elements(of(set.getElementType()));
    }
    if (type instanceof MapType map) {
      return new CollectionCodecs.Entries(of(map.getKeyType()), of(map.getValueType()));
    }
    if (type instanceof TupleType tuple) {
      return new CollectionCodecs.Tuple(
          tuple.getComponentTypes().stream().map(part -> of(part)).toList());
    }
    if (type instanceof UserDefinedType user) {
      return new CollectionCodecs.UserType(
          user.getFieldNames().stream().map(CqlIdentifier::asInternal).toList(),
          user.getFieldTypes().stream().map(part -> of(part)).toList());
    }
    return type instanceof VectorType vector
        ? new CollectionCodecs.Vector(of(vector.getElementType()), vector.getDimensions())
        : null;
  }

  private CellCodec primitive(DataType type) {
    return switch (type.getProtocolCode()) {
      case ProtocolConstants.DataType.ASCII -> TextCodecs.Ascii.CODEC;
      case ProtocolConstants.DataType.VARCHAR -> TextCodecs.Text.CODEC;
      case ProtocolConstants.DataType.TINYINT -> NumberCodecs.Int8.CODEC;
      case ProtocolConstants.DataType.SMALLINT -> NumberCodecs.Int16.CODEC;
      case ProtocolConstants.DataType.INT -> NumberCodecs.Int32.CODEC;
      case ProtocolConstants.DataType.BIGINT, ProtocolConstants.DataType.COUNTER ->
          new NumberCodecs.Int64(times);
      case ProtocolConstants.DataType.VARINT -> new NumberCodecs.Whole(times);
      case ProtocolConstants.DataType.FLOAT -> NumberCodecs.Float32.CODEC;
      case ProtocolConstants.DataType.DOUBLE -> NumberCodecs.Float64.CODEC;
      case ProtocolConstants.DataType.DECIMAL -> NumberCodecs.Decimal.CODEC;
      case ProtocolConstants.DataType.BOOLEAN -> NumberCodecs.Truth.CODEC;
      case ProtocolConstants.DataType.BLOB -> TextCodecs.Blob.CODEC;
      case ProtocolConstants.DataType.UUID -> new TextCodecs.Uuid(false);
      case ProtocolConstants.DataType.TIMEUUID -> new TextCodecs.Uuid(true);
      case ProtocolConstants.DataType.INET -> TextCodecs.Inet.CODEC;
      case ProtocolConstants.DataType.TIMESTAMP -> new TimeCodecs.Timestamp(times);
      case ProtocolConstants.DataType.DATE -> new TimeCodecs.Date(times);
      case ProtocolConstants.DataType.TIME -> new TimeCodecs.Time(times);
      case ProtocolConstants.DataType.DURATION -> TimeCodecs.Span.CODEC;
      default -> throw StoreException.fatal("cannot write the type " + type.asCql(true, true));
    };
  }
}
