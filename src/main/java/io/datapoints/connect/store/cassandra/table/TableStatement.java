package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared statement on a table, and which value goes to which of its variables. */
public final class TableStatement {

  /** Stands for a null that is written; what is absent is left as it is. */
  static final ByteBuffer NULL = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final PreparedStatement prepared;
  private final int[] variables;

  /**
   * @param variables as in {@link TableCql}
   */
  public TableStatement(PreparedStatement prepared, List<Integer> variables) {
    this.prepared = prepared;
    this.variables = variables.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether it is the null that is written, and not just another empty value. */
  @SuppressWarnings("ReferenceEquality")
  static boolean isNull(ByteBuffer value) {
    return value == NULL;
  }

  PreparedStatement prepared() {
    return prepared;
  }

  int variableOf(int slot) {
    for (int variable = 0; variable < variables.length; variable++) {
      if (variables[variable] == slot) {
        return variable;
      }
    }
    throw new IllegalArgumentException("no variable for slot " + slot);
  }

  /** Binds a row; a variable without a value stays unset. */
  BoundStatement bind(TableRow row) {
    BoundStatementBuilder bound = prepared.boundStatementBuilder();
    for (int variable = 0; variable < variables.length; variable++) {
      ByteBuffer value = value(row, variables[variable]);
      if (value != null) {
        bound = bound.setBytesUnsafe(variable, isNull(value) ? null : value);
      }
    }
    return bound.build();
  }

  private static @Nullable ByteBuffer value(TableRow row, int meaning) {
    return switch (meaning) {
      case TableCql.TIMESTAMP -> ByteBuffer.allocate(Long.BYTES).putLong(0, row.writeTimestamp());
      case TableCql.TTL ->
          row.ttl() == TableRow.NO_TTL
              ? null
              : ByteBuffer.allocate(Integer.BYTES).putInt(0, row.ttl());
      default -> row.value(meaning);
    };
  }
}
