package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** A prepared statement on a table, with the slots of its variables. */
public final class TableStatement {

  private final PreparedStatement prepared;

  /** The variables of each slot; a user's statement may have several of one name. */
  private final int[][] variables;

  private final int[] timestampVariables;
  private final int[] ttlVariables;

  /**
   * @param meanings what each variable is, as in {@link TableCql}
   */
  public TableStatement(PreparedStatement prepared, List<Integer> meanings) {
    this.prepared = prepared;
    int slots = 1 + meanings.stream().mapToInt(Integer::intValue).max().orElse(-1);
    this.variables =
        IntStream.range(0, Math.max(0, slots))
            .mapToObj(slot -> positions(meanings, slot))
            .toArray(int[][]::new);
    this.timestampVariables = positions(meanings, TableCql.TIMESTAMP);
    this.ttlVariables = positions(meanings, TableCql.TTL);
  }

  private static int[] positions(List<Integer> meanings, int meaning) {
    return IntStream.range(0, meanings.size()).filter(i -> meanings.get(i) == meaning).toArray();
  }

  PreparedStatement prepared() {
    return prepared;
  }

  int variableOf(int slot) {
    return variables[slot][0];
  }

  /** Binds a row; a variable without a value stays unset. */
  BoundStatement bind(TableRow row) {
    BoundStatementBuilder bound = prepared.boundStatementBuilder();
    RowEncoding.Values values = row.planner().encoding().values(row);
    for (int slot = 0; slot < variables.length && values.next(); slot++) {
      int length = values.length();
      if (length >= RowEncoding.NULL) {
        for (int variable : variables[slot]) {
          bound = bound.setBytesUnsafe(variable, length < 0 ? null : values.buffer());
        }
      }
    }
    for (int variable : timestampVariables) {
      ByteBuffer micros = ByteBuffer.allocate(Long.BYTES).putLong(0, row.writeTimestamp());
      bound = bound.setBytesUnsafe(variable, micros);
    }
    for (int variable : ttlVariables) {
      if (row.ttl() != TableRow.NO_TTL) {
        ByteBuffer seconds = ByteBuffer.allocate(Integer.BYTES).putInt(0, row.ttl());
        bound = bound.setBytesUnsafe(variable, seconds);
      }
    }
    return bound.build();
  }
}
