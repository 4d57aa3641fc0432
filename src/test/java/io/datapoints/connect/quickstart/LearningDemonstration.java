package io.datapoints.connect.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.learning.LearningSchema;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of a learning platform in the tables that its dashboards read. */
final class LearningDemonstration implements Demonstration {

  private static final String CASE = "learning-analytics";

  private final ConnectorFile connector;
  private final Term term;
  private final LearningSchema schema;
  private final CassandraNode cassandra;
  private @Nullable CqlSession session;

  LearningDemonstration(Place place) throws IOException {
    this.cassandra = Stage.cassandra(place);
    this.connector = place.connector(CASE + "/cassandra-sink").at(cassandra);
    this.term = new Term(place.now(), place.messages());
    this.schema = new LearningSchema(place.configurations().resolve(CASE));
  }

  @Override
  public void start(Starts starts) {
    starts.start("Cassandra " + CassandraNode.VERSION, cassandra, cassandra::contactPoint);
    session = cassandra.session();
    try {
      schema.load(session, "schema.cql");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Exhibit> exhibits() {
    if (session == null) {
      throw new IllegalStateException("not started");
    }
    return List.of(
        new Exhibit(
            connector, term, "Cassandra", new LearningTables(session, term.campus().serving())));
  }

  @Override
  public Map<String, String> addresses() {
    return Map.of("Cassandra", cassandra.contactPoint() + ", " + LearningSchema.KEYSPACE);
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    cassandra.close();
  }
}
