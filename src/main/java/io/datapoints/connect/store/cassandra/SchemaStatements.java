package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.store.cassandra.flows.FlowsTable;
import io.datapoints.connect.store.cassandra.kairosdb.KairosTables;
import io.datapoints.connect.store.cassandra.schema.Ddl;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The CQL that creates what settings describe, as an operator can read or execute it. */
public final class SchemaStatements {

  private SchemaStatements() {}

  /**
   * CQL that creates keyspaces and tables where they are missing, one statement each, without
   * semicolons and in an order that works. Of the table layout those that are described by columns
   * and primary key, for topics that are mapped by their names.
   */
  public static List<String> of(CassandraSinkConfig config) {
    return switch (config.pipeline().layout()) {
      case KAIROSDB ->
          KairosTables.of(
                  config.cassandra(), !config.kairosIndex().tagIndex().tagsByMetric().isEmpty())
              .ddl();
      case FLOWS -> FlowsTable.tables(config).ddl();
      case TABLE -> mapped(config.cassandra(), config.pipeline().mapping());
    };
  }

  private static List<String> mapped(CassandraConfig connection, MappingConfig mapping) {
    // Several tables share a keyspace, and several topics a table.
    Set<String> statements = new LinkedHashSet<>();
    for (String topic : new TreeSet<>(mapping.topics())) {
      for (MappedTarget target : mapping.targets(topic)) {
        TableToCreate table = target.options().cassandra().create();
        if (table != null) {
          statements.add(Ddl.keyspace(target.database(), connection));
          statements.add(Ddl.table(target.database(), target.table(), table));
        }
      }
    }
    return List.copyOf(statements);
  }
}
