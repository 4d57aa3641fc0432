package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.store.cassandra.table.FlowsTable;
import io.datapoints.connect.store.cassandra.kairosdb.KairosTables;
import io.datapoints.connect.store.cassandra.schema.KeyspaceSchema;
import io.datapoints.connect.store.cassandra.schema.TableCreation;
import java.util.ArrayList;
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
      case KAIROSDB -> of(config.cassandra(), kairos(config));
      case FLOWS -> of(config.cassandra(), FlowsTable.tables(config));
      case TABLE -> mapped(config.cassandra(), config.pipeline().mapping());
    };
  }

  private static KeyspaceSchema.Tables kairos(CassandraSinkConfig config) {
    return KairosTables.of(!config.kairosIndex().tagIndex().tagsByMetric().isEmpty());
  }

  private static List<String> of(CassandraConfig connection, KeyspaceSchema.Tables tables) {
    String keyspace = spelled(connection.keyspace());
    List<String> statements = new ArrayList<>();
    statements.add(KeyspaceSchema.createKeyspace(keyspace, connection));
    tables.all().forEach(table -> statements.add(tables.create(table, keyspace, connection)));
    return statements;
  }

  private static List<String> mapped(CassandraConfig connection, MappingConfig mapping) {
    // Several tables share a keyspace, and several topics a table.
    Set<String> statements = new LinkedHashSet<>();
    for (String topic : new TreeSet<>(mapping.topics())) {
      for (MappedTarget target : mapping.targets(topic)) {
        TableToCreate table = target.options().cassandra().create();
        if (table != null) {
          String keyspace = spelled(target.database());
          statements.add(KeyspaceSchema.createKeyspace(keyspace, connection));
          statements.add(TableCreation.cql(keyspace, spelled(target.table()), table));
        }
      }
    }
    return List.copyOf(statements);
  }

  private static String spelled(String name) {
    return CqlIdentifier.fromInternal(name).asCql(true);
  }
}
