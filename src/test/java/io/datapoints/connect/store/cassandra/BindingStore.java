package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.detach.AttachmentPoint;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinition;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultPreparedStatement;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.RawType;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.FlowsKey;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import io.datapoints.connect.store.cassandra.flows.FlowsTable;
import io.datapoints.connect.store.cassandra.kairosdb.KairosPlanner;
import io.datapoints.connect.store.cassandra.kairosdb.PointRow;
import io.datapoints.connect.store.cassandra.kairosdb.RowKeyCache;
import io.datapoints.connect.store.cassandra.request.RowBatch;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import io.datapoints.connect.store.cassandra.schema.TableDefinition;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.table.PartitionMemo;
import io.datapoints.connect.store.cassandra.table.RowPlanner;
import io.datapoints.connect.store.cassandra.table.TableCql;
import io.datapoints.connect.store.cassandra.table.TableForm;
import io.datapoints.connect.store.cassandra.table.TableRow;
import io.datapoints.connect.store.cassandra.table.TableSlot;
import io.datapoints.connect.store.cassandra.table.TableStatement;
import io.datapoints.connect.store.cassandra.table.TopicTable;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Plans and binds as the real store does, with statements that no server prepared, and acknowledges
 * at once.
 */
public final class BindingStore implements Store {

  private static final RowLayout LAYOUT = RowLayout.of(ColumnUnit.MILLISECONDS);

  private final Function<Sample, Plan> planning;
  private final Function<List<Row>, Statement<?>> binding;

  /** Rows bound so far. */
  long bound;

  private BindingStore(Function<Sample, Plan> planning, Function<List<Row>, Statement<?>> binding) {
    this.planning = planning;
    this.binding = binding;
  }

  /** For KairosDB's points. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static BindingStore ofPoints() {
    KairosPlanner planner =
        new KairosPlanner(
            LAYOUT,
            new TtlPolicy(
                0, false, false, LAYOUT.widthSeconds(), TtlLimits.LAST_EXPIRY_EPOCH_SECONDS),
            new RowKeyCache(Map.of()),
            Clock.systemUTC());
    PreparedStatement point = prepared(List.of(0), "key", "column1", "value", "ttl", "timestamp");
    return new BindingStore(
        sample -> planner.plan((DataPoint) sample), rows -> PointRow.insert(point, (List) rows));
  }

  /** For flows, in a table without buckets. */
  public static BindingStore ofFlows() {
    MappedTarget target =
        CassandraSinkConfig.from(Map.of("layout", "flows"))
            .pipeline()
            .mapping()
            .targets("flows")
            .get(0);
    List<TableDefinition.Column> columns = FlowsTable.of(Bucket.NONE, FlowsKey.FLOW, 0).columns();
    int[] types = {
      ProtocolConstants.DataType.VARCHAR,
      ProtocolConstants.DataType.VARCHAR,
      ProtocolConstants.DataType.VARCHAR,
      ProtocolConstants.DataType.TIMESTAMP,
      ProtocolConstants.DataType.INT,
      ProtocolConstants.DataType.INT,
      ProtocolConstants.DataType.DOUBLE,
      ProtocolConstants.DataType.BIGINT,
      ProtocolConstants.DataType.INT,
    };
    return ofTarget(target, columns, List.of(0, 1, 2), types);
  }

  /** For a mapped table of seven columns, of which three are the key. */
  public static BindingStore ofTable() {
    List<TableDefinition.Column> columns =
        List.of(
            TableDefinition.partitionKey("device", "text"),
            TableDefinition.clustering("ts", "timestamp"),
            TableDefinition.clustering("channel", "int"),
            TableDefinition.regular("reading", "double"),
            TableDefinition.regular("sequence", "bigint"),
            TableDefinition.regular("state", "text"),
            TableDefinition.regular("valid", "boolean"));
    int[] types = {
      ProtocolConstants.DataType.VARCHAR,
      ProtocolConstants.DataType.TIMESTAMP,
      ProtocolConstants.DataType.INT,
      ProtocolConstants.DataType.DOUBLE,
      ProtocolConstants.DataType.BIGINT,
      ProtocolConstants.DataType.VARCHAR,
      ProtocolConstants.DataType.BOOLEAN,
      ProtocolConstants.DataType.BIGINT,
      ProtocolConstants.DataType.INT,
    };
    MappedTarget target =
        TestTables.target(
            "ks",
            "table",
            TestTables.Wish.PLAIN,
            columns.stream()
                .map(column -> TestTables.set(column.name()))
                .toArray(Assignment[]::new));
    return ofTarget(target, columns, List.of(0), types);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static BindingStore ofTarget(
      MappedTarget target,
      List<TableDefinition.Column> columns,
      List<Integer> partitionKey,
      int... types) {
    RowPlanner planner = planner(target, columns, partitionKey, types);
    PartitionMemo memo = new PartitionMemo();
    ValueBytes bytes = new ValueBytes();
    return new BindingStore(
        sample -> planner.plan((MappedRecord) sample, System.currentTimeMillis(), memo, bytes),
        rows -> RowBatch.of((List<TableRow>) (List) rows, TableRow::bound));
  }

  /**
   * What plans the rows of one version of a table.
   *
   * @param types those of the columns, of the write timestamp and of the time to live
   */
  public static RowPlanner planner(
      MappedTarget target,
      List<TableDefinition.Column> columns,
      List<Integer> partitionKey,
      int... types) {
    LiveTable live = new LiveTable("ks", "table", "", columns, Map.of(), "");
    List<TableSlot> slots = TableForm.slots(target, live);
    List<String> names = new ArrayList<>(columns.stream().map(Column::name).toList());
    names.addAll(List.of("[timestamp]", "[ttl]"));
    PreparedStatement insert = prepared(partitionKey, names, types);
    TableStatement write = new TableStatement(insert, TableCql.write(live, slots).variables());
    TopicTable owner = TestTables.unopened(new ScriptedSession().session(), target);
    return new RowPlanner(owner, target, TableForm.of(target, live, slots, write, null), 0);
  }

  private static PreparedStatement prepared(List<Integer> partitionKey, String... names) {
    int[] types = new int[names.length];
    Arrays.fill(types, ProtocolConstants.DataType.BLOB);
    return prepared(partitionKey, List.of(names), types);
  }

  private static PreparedStatement prepared(
      List<Integer> partitionKey, List<String> names, int[] types) {
    List<ColumnDefinition> variables = new ArrayList<>();
    for (String name : names) {
      ColumnSpec column =
          new ColumnSpec(
              "ks",
              "table",
              name,
              variables.size(),
              RawType.PRIMITIVES.get(types[variables.size()]));
      variables.add(new DefaultColumnDefinition(column, AttachmentPoint.NONE));
    }
    ColumnDefinitions definitions = DefaultColumnDefinitions.valueOf(variables);
    ByteBuffer id = ByteBuffer.wrap(new byte[16]);
    return new DefaultPreparedStatement(
        id,
        "INSERT",
        definitions,
        partitionKey,
        id,
        DefaultColumnDefinitions.valueOf(List.of()),
        CqlIdentifier.fromInternal("ks"),
        Map.of(),
        null,
        null,
        CqlIdentifier.fromInternal("ks"),
        null,
        null,
        Map.of(),
        true,
        null,
        null,
        5_000,
        null,
        null,
        false,
        CodecRegistry.DEFAULT,
        DefaultProtocolVersion.V5);
  }

  @Override
  public CompletionStage<Outcome> open() {
    return CompletableFuture.completedFuture(Outcome.Durable.DURABLE);
  }

  @Override
  public Plan plan(Sample sample) {
    return planning.apply(sample);
  }

  @Override
  public CompletionStage<Outcome> write(List<Row> rows) {
    Statement<?> batch = binding.apply(rows);
    bound += batch instanceof BatchStatement several ? several.size() : 1;
    return CompletableFuture.completedFuture(Outcome.Durable.DURABLE);
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
