package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.store.mongodb.TestStores.open;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.datapoints.connect.store.Outcome;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose encryption does not match the client's. */
class CertificateIT {

  private static final String PASSWORD = "test-store";

  /** The driver itself would only say that no server was found in time. */
  @Test
  void aCertificateThatNobodyTrustsIsForAnOperatorToCure(@TempDir Path directory) throws Exception {
    MongoServer server = encrypted(directory);
    try (MongoStore store = store(server.bind().getPort(), true)) {
      Outcome outcome = open(store);
      assertThat(outcome).isInstanceOf(Outcome.Fatal.class);
      assertThat(((Outcome.Fatal) outcome).cause()).hasStackTraceContaining("Certificat");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void aServerThatTalksNonsenseMayRecover(@TempDir Path directory) throws Exception {
    MongoServer server = encrypted(directory);
    try (MongoStore store = store(server.bind().getPort(), false)) {
      assertThat(open(store)).isInstanceOf(Outcome.Unavailable.class);
    } finally {
      server.shutdownNow();
    }
  }

  private static MongoStore store(int port, boolean encrypts) {
    return TestStores.store(
        "mongodb://127.0.0.1:" + port + "/?directConnection=true&tls=" + encrypts);
  }

  private static MongoServer encrypted(Path directory) throws Exception {
    Path file = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=server",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-validity",
                "2")
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    MongoServer server = new MongoServer(new MemoryBackend());
    server.enableSsl(
        (PrivateKey) keys.getKey("server", PASSWORD.toCharArray()),
        PASSWORD,
        (X509Certificate) keys.getCertificate("server"));
    return server;
  }
}
