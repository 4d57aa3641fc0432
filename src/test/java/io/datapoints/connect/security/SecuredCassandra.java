package io.datapoints.connect.security;

import static io.datapoints.connect.kit.CertificateFiles.pkcs8;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.datapoints.connect.kit.Authority;
import io.datapoints.connect.kit.Authority.Identity;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.CertificateFiles;
import io.datapoints.connect.kit.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A node that asks its clients for a certificate and a password, and the files to satisfy it. */
final class SecuredCassandra implements AutoCloseable {

  static final String USER = "writer";

  private static final String ADDRESS = "127.0.0.1";
  private static final String SERVER_STORE = "server-store";

  private final Authority authority = new Authority("authority");
  private final Identity client = authority.client(USER);
  private final CertificateFiles files;
  private final CassandraNode node;
  private final CqlSession session;

  SecuredCassandra(Servers servers, Path directory) throws IOException {
    this.files = new CertificateFiles(Files.createDirectories(directory));
    this.node = servers.ownCassandra(CassandraNode.Profile.TEST, settings());
    this.session = firstSession();
    session.execute(
        "CREATE ROLE IF NOT EXISTS %s WITH PASSWORD = '%s' AND LOGIN = true"
            .formatted(USER, Secrets.of("user")));
  }

  private Map<String, String> settings() {
    Path keys =
        files.keyStore("server.p12", "PKCS12", SERVER_STORE, authority.server(ADDRESS), authority);
    Path trust = files.trustStore("clients.p12", "PKCS12", SERVER_STORE, authority);
    return Map.of(
        "authenticator",
        "PasswordAuthenticator",
        "client_encryption_options",
        "{enabled: true, require_client_auth: true, keystore: '%s', keystore_password: %s,"
                .formatted(keys, SERVER_STORE)
            + " truststore: '%s', truststore_password: %s}".formatted(trust, SERVER_STORE));
  }

  /** The node makes its first role some seconds after it accepts clients. */
  private CqlSession firstSession() {
    SSLContext context = CertificateFiles.context(client, authority);
    return Await.value(
        "the first role",
        Duration.ofMinutes(3),
        () -> {
          try {
            return Optional.of(
                node.sessionBuilder()
                    .withLocalDatacenter(node.localDatacenter())
                    .withConfigLoader(Cassandra.patient())
                    .withSslContext(context)
                    .withAuthCredentials("cassandra", "cassandra")
                    .build());
          } catch (DriverException e) {
            throw new IOException(e);
          }
        });
  }

  CassandraNode node() {
    return node;
  }

  long points(String keyspace) {
    return session.execute("SELECT count(*) FROM " + keyspace + ".data_points").one().getLong(0);
  }

  /** Its authority in PEM. */
  Path authorityFile() {
    return files.pem("ca.crt", authority.certificate());
  }

  /** An authority that it has nothing to do with, in PEM. */
  Path strangerFile() {
    return files.pem("stranger.crt", new Authority("stranger").certificate());
  }

  /** The client's certificate in PEM. */
  Path certificateFile() {
    return files.pem("tls.crt", client.certificate(), authority.certificate());
  }

  /** The client's key in PEM, encrypted. */
  Path keyFile(String password) {
    return files.pem("tls.key", pkcs8(client.key(), password));
  }

  /** The client's certificate and key in a key store of the JVM. */
  Path keyStore(String type, String password) {
    return files.keyStore("client." + type, type, password, client, authority);
  }

  /** Its authority in a key store of the JVM. */
  Path trustStore(String type, String password) {
    return files.trustStore("authority." + type, type, password, authority);
  }

  @Override
  public void close() {
    session.close();
    node.close();
  }
}
