package io.datapoints.connect.flows;

import io.datapoints.connect.flows.FieldPaths.Place;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RawColumn;
import io.datapoints.connect.payload.RawColumn.Kind;
import java.util.Arrays;

/**
 * The fields of one object while a reader finds them: which of several spellings of a path counts,
 * and that of several fields of one name the last does. Reused from object to object by one thread.
 */
final class MappedFields {

  private static final int NOT_FOUND = -1;

  private final FieldPaths paths;
  private final RawFieldsHandler handler;
  private final RawFields fields;
  private final int[] spellings;

  /**
   * @param handler takes each object as soon as it is complete
   */
  MappedFields(FieldPaths paths, RawFieldsHandler handler) {
    this.paths = paths;
    this.handler = handler;
    this.fields = new RawFields(paths.size());
    this.spellings = new int[paths.size()];
  }

  /** Starts the next object, at this position of the record's array or {@link RawFields#ALONE}. */
  Place start(int index) {
    fields.clear(index);
    Arrays.fill(spellings, NOT_FOUND);
    return paths.root();
  }

  /** Where the scalars go. */
  RawColumn column() {
    return fields.column();
  }

  /**
   * Enters a place, and forgets what another field of the same name gave.
   *
   * @param isNull whether a null stands there: it leaves the row to another spelling
   * @return whether the row of the place takes what stands there
   */
  boolean enter(Place place, int spelling, boolean isNull) {
    if (place.leadsOn()) {
      forgetBelow(place, spelling);
    }
    int row = place.row();
    if (row == FieldPaths.NO_ROW || spelling < spellings[row]) {
      return false;
    }
    if (!isNull) {
      spellings[row] = spelling;
    } else if (spellings[row] == NOT_FOUND || spellings[row] == spelling) {
      spellings[row] = NOT_FOUND;
      column().set(row, Kind.NULL);
    }
    return !isNull;
  }

  private void forgetBelow(Place place, int spelling) {
    for (int row : place.rowsBelow()) {
      if (place.isOnTheWay(spellings[row], spelling)) {
        spellings[row] = NOT_FOUND;
        column().set(row, Kind.ABSENT);
      }
    }
  }

  /** Hands on the object that is complete. */
  void end(RecordOrigin origin, SampleSink sink) {
    if (paths.hasTwins()) {
      for (int row = 0; row < paths.size(); row++) {
        column().copy(paths.readRow(row), row);
      }
    }
    handler.handle(fields, origin, sink);
  }
}
