package io.datapoints.connect.flows;

import io.datapoints.connect.flows.FieldPaths.Place;
import io.datapoints.connect.flows.FieldPaths.Step;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.ConnectReader;
import io.datapoints.connect.payload.ConnectScalar;
import io.datapoints.connect.payload.Faults;
import io.datapoints.connect.payload.RawColumn.Kind;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields at given paths out of a map or a struct, or of each in a list. An unset field of
 * a struct is none.
 */
final class ConnectFieldsReader implements ConnectReader {

  private final MappedFields fields;
  private final String noun;

  /**
   * @param noun what one of the objects is called in a reason
   */
  ConnectFieldsReader(MappedFields fields, String noun) {
    this.fields = fields;
    this.noun = noun;
  }

  @Override
  public void read(Object value, RecordOrigin origin, SampleSink sink) {
    if (value instanceof List<?> objects) {
      for (int index = 0; index < objects.size(); index++) {
        if (isObject(objects.get(index))) {
          object(objects.get(index), fields.start(index), 0);
          fields.end(origin, sink);
        } else {
          Faults.rejectNoObject(noun, index, sink);
        }
      }
    } else {
      object(value, fields.start(RawFields.ALONE), 0);
      fields.end(origin, sink);
    }
  }

  private static boolean isObject(@Nullable Object value) {
    return value instanceof Map || value instanceof Struct;
  }

  /** Never deeper than the longest path. */
  private void object(@Nullable Object value, Place place, int spelling) {
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String name = ConnectScalar.name(entry.getKey());
        if (name != null) {
          field(name, entry.getValue(), place, spelling);
        }
      }
    } else if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        Object content = struct.getWithoutDefault(field.name());
        if (content != null) {
          field(field.name(), content, place, spelling);
        }
      }
    }
  }

  private void field(String name, @Nullable Object value, Place from, int spellingSoFar) {
    Step step = from.step(name);
    if (step == null) {
      return;
    }
    Place place = step.place();
    int spelling = spellingSoFar | step.spelling();
    boolean taken = fields.enter(place, spelling, value == null);
    if (place.leadsOn() && isObject(value)) {
      if (taken) {
        fields.column().set(place.row(), Kind.COMPOSITE);
      }
      object(value, place, spelling);
    } else if (taken) {
      ConnectScalar.read(value, fields.column(), place.row());
    }
  }
}
