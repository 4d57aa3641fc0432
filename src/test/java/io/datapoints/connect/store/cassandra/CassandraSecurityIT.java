package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestStores.open;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static io.datapoints.connect.store.cassandra.TestStores.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.ValidationResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node that asks for TLS, a password and permissions. */
@ExtendWith(ServersExtension.class)
class CassandraSecurityIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;
  private static final String STORE_PASSWORD = "changeit";

  private final Servers servers;

  CassandraSecurityIT(Servers servers) {
    this.servers = servers;
  }

  @Test
  void certificatesPasswordsAndPermissionsAreAnOperatorsBusiness(@TempDir Path directory)
      throws Exception {
    Path nodeStore = keyStore(directory, "node", "127.0.0.1");
    Path strangerStore = keyStore(directory, "stranger", "127.0.0.1");
    try (CassandraNode node =
        servers.ownCassandra(CassandraNode.Profile.TEST, securitySettings(nodeStore))) {
      CassandraConfig admin = config(node, nodeStore, "cassandra", "cassandra");
      // The node makes its first role some seconds after it accepts clients.
      Await.until("the first role", Duration.ofMinutes(2), () -> opens(admin));
      assertFatal(
          config(node, nodeStore, "cassandra", "wrong-secret"),
          "the cluster refuses the user of cassandra.username with this password: correct"
              + " either, and let the role LOGIN");
      assertUserRefused(config(node, nodeStore, "cassandra", "wrong-secret"));
      assertFatal(
          config(node, strangerStore, "cassandra", "cassandra"),
          "the server's certificate is from no authority that is trusted; see"
              + " cassandra.ssl.truststore.location");
      try (CassandraStore store = TestStores.store(admin, true);
          CqlSession session =
              new SessionFactory(admin, "admin").connect().toCompletableFuture().join()) {
        assertThat(open(store)).isEqualTo(DURABLE);
        assertThat(write(store, point(series("m", "h", "a"), 0, 1))).containsExactly(DURABLE);
        session.execute("CREATE ROLE reader WITH PASSWORD = 'reader' AND LOGIN = true");
        session.execute("GRANT SELECT ON KEYSPACE secured TO reader");
      }
      try (CassandraStore reader =
          TestStores.store(config(node, nodeStore, "reader", "reader"), true)) {
        // Everything is there, so nothing needs a permission to create.
        assertThat(open(reader)).isEqualTo(DURABLE);
        List<Outcome> outcomes = write(reader, point(series("m", "h", "a"), 0, 1));
        assertThat(outcomes).hasOnlyElementsOfType(Outcome.Fatal.class);
        assertThat(((Outcome.Fatal) outcomes.get(0)).reason()).contains("MODIFY");
      }
    }
  }

  private static boolean opens(CassandraConfig config) {
    try (CassandraStore store = TestStores.store(config, true)) {
      return open(store).equals(DURABLE);
    }
  }

  private static void assertFatal(CassandraConfig config, String reason) {
    try (CassandraStore store = TestStores.store(config, false)) {
      Outcome outcome = open(store);
      assertThat(outcome).isInstanceOf(Outcome.Fatal.class);
      assertThat(((Outcome.Fatal) outcome).reason())
          .contains(reason)
          .doesNotContain("wrong-secret");
    }
  }

  private static void assertUserRefused(CassandraConfig connection) {
    CassandraSinkConfig defaults =
        CassandraSinkConfig.from(
            Map.of("layout", "table", "topic.t.secured.t.mapping", "id = value.id"));
    CassandraSinkConfig config =
        new CassandraSinkConfig(
            defaults.pipeline(),
            defaults.kairosIndex(),
            defaults.flowsTable(),
            connection,
            defaults.preflight());
    CassandraValidator validator =
        new CassandraValidator(config, "validation", Duration.ofMinutes(1));
    try (validator) {
      assertThat(validator.validate().toCompletableFuture().join())
          .singleElement()
          .isInstanceOfSatisfying(
              ValidationResult.SettingError.class,
              complaint -> {
                assertThat(complaint.setting()).isEqualTo("cassandra.password");
                assertThat(complaint.message())
                    .contains("refuses the user of cassandra.username with this password")
                    .doesNotContain("wrong-secret");
              });
    }
  }

  private static Map<String, String> securitySettings(Path keyStore) {
    return Map.of(
        "authenticator",
        "PasswordAuthenticator",
        "authorizer",
        "CassandraAuthorizer",
        "client_encryption_options",
        "{enabled: true, keystore: '%s', keystore_password: %s, require_client_auth: false}"
            .formatted(keyStore, STORE_PASSWORD));
  }

  private static CassandraConfig config(
      CassandraNode node, Path trusted, String username, String password) {
    CassandraConfig plain = TestStores.connection(node.contactPoint(), "secured", true);
    return new CassandraConfig(
        plain.contactPoints(),
        plain.localDatacenter(),
        plain.keyspace(),
        username,
        new Password(password),
        plain.consistencyLevel(),
        plain.requestTimeout(),
        plain.connectTimeout(),
        plain.sharedBatches(),
        plain.pool(),
        new TlsConfig(
            "cassandra.ssl.",
            trusted.toString(),
            new Password(STORE_PASSWORD),
            null,
            null,
            null,
            null,
            true),
        plain.schema(),
        Map.of());
  }

  /** A key store with a self-signed certificate, which serves as the clients' trust store too. */
  private static Path keyStore(Path directory, String name, String address)
      throws IOException, InterruptedException {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=ip:" + address + ",dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                STORE_PASSWORD,
                "-validity",
                "2")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    return file;
  }
}
