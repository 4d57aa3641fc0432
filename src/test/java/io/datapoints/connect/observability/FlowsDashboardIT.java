package io.datapoints.connect.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.databind.JsonNode;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Cassandra answers what the dashboard of the stored flows asks it, as the data source needs it.
 */
@ExtendWith(ServersExtension.class)
class FlowsDashboardIT {

  private static final long FROM = 1_767_225_600_000L;
  private static final long TO = FROM + 3_600_000;
  private static final int FLOWS = 30;

  private final Servers servers;

  FlowsDashboardIT(Servers servers) {
    this.servers = servers;
  }

  @Test
  void everyQueryFindsTheFlowsOfTheAddressesThatItShowsAtFirst() throws IOException {
    try (Pipeline pipeline = new Pipeline(servers, servers.worker(), "flows-dashboard");
        CqlSession session = servers.cassandra().session()) {
      // The keyspace of config/flows-cassandra.json, which the dashboard names.
      pipeline.with("layout", "flows").with("cassandra.keyspace", "flows").deploy();
      Dashboard dashboard = Dashboard.flows();
      pipeline.deliver(
          IntStream.range(0, FLOWS).mapToObj(each -> flow(dashboard, each)).toArray(String[]::new));

      assertThat(dashboard.targets())
          .isNotEmpty()
          .allSatisfy(target -> answers(session, filled(dashboard, target)));
    }
  }

  /** A flow each ten seconds, to two ports in turn. */
  private static String flow(Dashboard dashboard, int number) {
    return filled(
            dashboard,
            """
            {"source_ip": "$source_ip", "dest_ip": "$dest_ip", "protocol": "$protocol",
             "source_port": 50000, "dest_port": %d, "timestamp": %d, "value": 1.5}
            """)
        .formatted(443 + number % 2, FROM + number * 10_000L);
  }

  private static String filled(Dashboard dashboard, JsonNode target) {
    return filled(dashboard, target.path("target").asText())
        .replace("$__timeFrom", Long.toString(FROM))
        .replace("$__timeTo", Long.toString(TO));
  }

  private static String filled(Dashboard dashboard, String text) {
    String filled = text;
    for (JsonNode variable : dashboard.variables()) {
      filled =
          filled.replace("$" + variable.path("name").asText(), variable.path("query").asText());
    }
    return filled;
  }

  /** The data source takes the first column for the series, and needs a time and a number. */
  private static void answers(CqlSession session, String query) {
    List<Row> rows = session.execute(query).all();
    assertThat(rows).as(query).isNotEmpty();
    List<DataType> types = new ArrayList<>();
    for (ColumnDefinition column : rows.get(0).getColumnDefinitions()) {
      types.add(column.getType());
    }
    assertThat(types.get(0)).as(query).isEqualTo(DataTypes.TEXT);
    assertThat(types).as(query).contains(DataTypes.TIMESTAMP);
    assertThat(types).as(query).containsAnyOf(DataTypes.DOUBLE, DataTypes.BIGINT);
    if (query.contains("sum(")) {
      assertThat(rows.stream().mapToDouble(row -> row.getDouble("value")).sum())
          .isEqualTo(FLOWS * 1.5);
      assertThat(rows).hasSize(FLOWS / 6);
    }
  }
}
