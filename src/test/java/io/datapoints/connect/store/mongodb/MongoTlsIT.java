package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.kit.CertificateFiles.pkcs8;
import static io.datapoints.connect.store.mongodb.TestStores.flow;
import static io.datapoints.connect.store.mongodb.TestStores.open;
import static io.datapoints.connect.store.mongodb.TestStores.writeBatch;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.datapoints.connect.kit.Authority;
import io.datapoints.connect.kit.Authority.Identity;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CertificateFiles;
import io.datapoints.connect.kit.FreePorts;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.store.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server behind something that ends TLS, as the adapter reaches it with settings of its own. */
class MongoTlsIT {

  private static final String HERE = "127.0.0.1";

  private final MongoServer server = new MongoServer(new MemoryBackend());
  private final Authority authority = new Authority("authority");
  private final Authority stranger = new Authority("stranger");
  private final FreePorts ports = new FreePorts();

  @TempDir private Path directory = Path.of("");
  private final List<String> settings = new ArrayList<>();

  @BeforeEach
  void trustTheAuthority() {
    with("layout", "flows");
    with("mongodb.ssl.enabled", "true");
    with("mongodb.ssl.truststore.location", files().pem("ca.crt", authority.certificate()));
  }

  @AfterEach
  void end() {
    server.shutdownNow();
  }

  @Test
  void documentsGoOverTls() {
    try (TcpProxy proxy = proxy(authority.server(HERE), false);
        MongoStore store = store(proxy)) {
      assertWrites(store);
    }
  }

  @Test
  void documentsGoOverMutualTls() {
    Identity client = authority.client("writer");
    with("mongodb.ssl.keystore.location", files().pem("tls.crt", client.certificate()));
    with("mongodb.ssl.key.location", files().pem("tls.key", pkcs8(client.key(), "hunter2")));
    with("mongodb.ssl.key.password", "hunter2");
    try (TcpProxy proxy = proxy(authority.server(HERE), true);
        MongoStore store = store(proxy)) {
      assertWrites(store);
    }
  }

  @Test
  void anUnknownAuthorityIsToldByItsSetting() {
    with("mongodb.ssl.truststore.location", files().pem("other.crt", stranger.certificate()));
    try (TcpProxy proxy = proxy(authority.server(HERE), false);
        MongoStore store = store(proxy)) {
      assertThat(fatal(store))
          .contains("from no authority that is trusted; see mongodb.ssl.truststore.location");
    }
  }

  @Test
  void aWrongHostNameIsToldByItsSettingUnlessItDoesNotMatter() {
    Identity elsewhere = authority.namedServer("mongo.example");
    try (TcpProxy proxy = proxy(elsewhere, false);
        MongoStore store = store(proxy)) {
      assertThat(fatal(store))
          .contains(
              "does not carry the name or address by which it was reached; see"
                  + " mongodb.ssl.hostname.validation");
    }
    with("mongodb.ssl.hostname.validation", "false");
    try (TcpProxy proxy = proxy(elsewhere, false);
        MongoStore store = store(proxy)) {
      assertWrites(store);
    }
  }

  /** The connection may break before the server's alert is read; then the attempt is repeated. */
  @Test
  void aMissingClientCertificateIsToldByItsSetting() {
    try (TcpProxy proxy = proxy(authority.server(HERE), true);
        MongoStore store = store(proxy)) {
      assertThat(fatal(store))
          .contains(
              "does not take the client's certificate, or misses one; see"
                  + " mongodb.ssl.keystore.location");
    }
  }

  @Test
  void aServerWithoutTlsIsWaitedFor() {
    int port = server.bind().getPort();
    try (MongoStore store = store(HERE + ":" + port)) {
      assertThat(open(store)).isInstanceOf(Outcome.Unavailable.class);
    }
  }

  /** As when the store is opened again for a new topic while certificates are being changed. */
  @Test
  void aCertificateThatChangesUnderAStoreThatWasOpenIsAnOutage() {
    AtomicReference<SSLContext> shown =
        new AtomicReference<>(CertificateFiles.context(authority.server(HERE), authority));
    try (TcpProxy proxy = proxy(shown::get, false);
        MongoStore store = store(proxy)) {
      assertWrites(store);
      shown.set(CertificateFiles.context(stranger.server(HERE), stranger));
      proxy.mode(TcpProxy.Mode.REFUSE);
      proxy.mode(TcpProxy.Mode.PASS);
      assertThat(open(store)).isInstanceOf(Outcome.Unavailable.class);
      try (MongoStore starting = store(proxy)) {
        assertThat(fatal(starting)).contains("from no authority that is trusted");
      }
      assertThat(open(store)).isInstanceOf(Outcome.Unavailable.class);
      shown.set(CertificateFiles.context(authority.server(HERE), authority));
      proxy.mode(TcpProxy.Mode.REFUSE);
      proxy.mode(TcpProxy.Mode.PASS);
      Await.until(
          "the store", Duration.ofMinutes(1), () -> open(store).equals(Outcome.Durable.DURABLE));
      assertWrites(store);
    }
  }

  @Test
  void aFileThatIsNotThereFailsTheStart() {
    with("mongodb.ssl.truststore.location", directory.resolve("none"));
    try (MongoStore store = store(HERE + ":1")) {
      assertThat(((Outcome.Fatal) open(store)).reason())
          .isEqualTo("the file of mongodb.ssl.truststore.location is not on this worker");
    }
  }

  private static void assertWrites(MongoStore store) {
    assertThat(open(store)).isEqualTo(Outcome.Durable.DURABLE);
    assertThat(writeBatch(store, flow("10.0.0.1", "10.0.0.2", 1, 1_700_000_000_000L, 1)))
        .isEqualTo(Outcome.Durable.DURABLE);
  }

  private static String fatal(MongoStore store) {
    return Await.value(
            "a fatal outcome",
            Duration.ofMinutes(1),
            () -> Optional.of(open(store)).filter(Outcome.Fatal.class::isInstance))
        .toString();
  }

  private TcpProxy proxy(Identity identity, boolean mutual) {
    return proxy(() -> CertificateFiles.context(identity, authority), mutual);
  }

  private TcpProxy proxy(Supplier<SSLContext> context, boolean mutual) {
    if (server.getLocalAddress() == null) {
      server.bind();
    }
    return TcpProxy.encrypting(server.getLocalAddress(), ports, context, mutual);
  }

  private MongoStore store(TcpProxy proxy) {
    return store(proxy.contactPoint());
  }

  private MongoStore store(String address) {
    return TestStores.store(
        "mongodb://" + address + "/?directConnection=true", settings.toArray(String[]::new));
  }

  private void with(String name, Object value) {
    settings.add(name);
    settings.add(value.toString());
  }

  private CertificateFiles files() {
    return new CertificateFiles(directory);
  }
}
