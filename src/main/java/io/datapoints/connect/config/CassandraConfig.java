package io.datapoints.connect.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How Cassandra is reached and what is created there.
 *
 * @param contactPoints {@code host:port} each
 * @param localDatacenter the data centre whose nodes are used
 * @param keyspace the keyspace, as the database spells it (no quotes)
 * @param username null for no authentication
 * @param password null for no authentication
 * @param consistencyLevel the driver's name of the level
 * @param requestTimeout how long one request may take
 * @param connectTimeout how long connecting to one node may take
 * @param ssl null for plain connections
 * @param schema what to create
 * @param driverOptions options passed to the driver as they are, by their path below
 *     datastax-java-driver
 */
public record CassandraConfig(
    List<String> contactPoints,
    String localDatacenter,
    String keyspace,
    @Nullable String username,
    @Nullable Password password,
    String consistencyLevel,
    Duration requestTimeout,
    Duration connectTimeout,
    @Nullable Ssl ssl,
    Schema schema,
    Map<String, String> driverOptions) {

  /**
   * Encrypted connections.
   *
   * @param truststorePath null for the JVM's own
   * @param keystorePath null for no client certificate
   * @param hostnameValidation whether the node's certificate must carry its name
   */
  public record Ssl(
      @Nullable String truststorePath,
      @Nullable Password truststorePassword,
      @Nullable String keystorePath,
      @Nullable Password keystorePassword,
      boolean hostnameValidation) {}

  /**
   * What is created when it is missing.
   *
   * @param create whether anything is
   * @param replication the replication map of a new keyspace
   * @param tableOptions CQL after WITH for the table of the data points, empty for the server's
   *     defaults
   */
  public record Schema(boolean create, Map<String, String> replication, String tableOptions) {}
}
