package io.datapoints.connect.fault;

import io.datapoints.connect.kit.Restartable;
import io.datapoints.connect.kit.Servers;
import java.util.Locale;

/** The stores that all share, for scenarios whose subject is not the store. */
enum SharedStore {
  CASSANDRA {
    @Override
    Destination destination(Servers servers) {
      return new CassandraDestination(servers.cassandra(), RecordKind.POINTS);
    }

    @Override
    Restartable server(Servers servers) {
      return servers.cassandra();
    }
  },

  MONGODB {
    @Override
    Destination destination(Servers servers) {
      String uri = servers.mongo().uri();
      return new MongoDestination(uri, uri, servers.mongoDatabase("faults"), RecordKind.POINTS);
    }

    @Override
    Restartable server(Servers servers) {
      return servers.mongo();
    }
  };

  /** A part of the store that nobody else writes to. */
  abstract Destination destination(Servers servers);

  abstract Restartable server(Servers servers);

  /** It does not answer, and keeps its connections. */
  Outage frozen(Servers servers) {
    Restartable server = server(servers);
    return Outage.of(server::suspend, server::resume);
  }

  /** The name of a scenario with this store. */
  String scenario(String what) {
    return "fault-" + what + "-" + name().toLowerCase(Locale.ROOT);
  }
}
