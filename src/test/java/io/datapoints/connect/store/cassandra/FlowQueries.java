package io.datapoints.connect.store.cassandra;

/** The queries that docs/layouts/flows.md shows, as they are tested. */
enum FlowQueries {
  LATEST(
      """
      SELECT timestamp, source_port, dest_port, value FROM metrics
      WHERE source_ip = '10.0.0.1' AND dest_ip = '10.0.0.2' AND protocol = 'tcp'
      LIMIT 10;"""),

  TIME_RANGE(
      """
      SELECT timestamp, source_port, dest_port, value FROM metrics
      WHERE source_ip = '10.0.0.1' AND dest_ip = '10.0.0.2' AND protocol = 'tcp'
        AND timestamp >= '2026-11-21 10:00:00+0000' AND timestamp < '2026-11-21 11:00:00+0000';"""),

  PORTS_AT_A_TIME(
      """
      SELECT source_port, dest_port, value FROM metrics
      WHERE source_ip = '10.0.0.1' AND dest_ip = '10.0.0.2' AND protocol = 'tcp'
        AND timestamp = '2026-11-21 10:30:00+0000' AND source_port >= 1024 AND source_port < 32768;"""),

  TIME_RANGE_AND_PORT(
      """
      SELECT timestamp, source_port, value FROM metrics
      WHERE source_ip = '10.0.0.1' AND dest_ip = '10.0.0.2' AND protocol = 'tcp'
        AND timestamp >= '2026-11-21 10:00:00+0000' AND timestamp < '2026-11-21 11:00:00+0000'
        AND dest_port = 443 ALLOW FILTERING;"""),

  LATEST_OF_A_DAY(
      """
      SELECT timestamp, source_port, dest_port, value FROM metrics
      WHERE source_ip = '10.0.0.1' AND dest_ip = '10.0.0.2' AND protocol = 'tcp'
        AND time_bucket = '2026-11-21 00:00:00+0000'
      LIMIT 10;""");

  private final String cql;

  FlowQueries(String cql) {
    this.cql = cql;
  }

  /** As it is typed into cqlsh. */
  String cql() {
    return cql;
  }
}
