package io.datapoints.connect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.kit.Authority;
import io.datapoints.connect.kit.Authority.Identity;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.CertificateFiles;
import io.datapoints.connect.tls.TlsContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTlsTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String LOCAL = "127.0.0.1";

  private final Authority authority = new Authority("one");
  private final Identity server = authority.server(LOCAL);
  private final Identity client = authority.client("writer");
  @TempDir private Path directory;
  private Path certificate = Path.of("");
  private Path trusted = Path.of("");

  @BeforeEach
  void files() {
    certificate = pem("server.pem", server);
    trusted = new CertificateFiles(directory).pem("trusted.pem", authority.certificate());
  }

  private Path pem(String name, Identity identity) {
    return new CertificateFiles(directory)
        .pem(
            name,
            identity.certificate(),
            authority.certificate(),
            CertificateFiles.pkcs8(identity.key()));
  }

  private static OpenDoor secure(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "listeners";
    all[1] = "https://127.0.0.1:0";
    System.arraycopy(more, 0, all, 2, more.length);
    return OpenDoor.with(all);
  }

  /** A connection of a client with this certificate, which trusts the authority. */
  private RawConnection connect(OpenDoor door, Identity identity) throws IOException {
    return new RawConnection(socket(door, CertificateFiles.context(identity, authority)));
  }

  private static SSLSocket socket(OpenDoor door, SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(LOCAL, door.address().getPort());
    socket.startHandshake();
    return socket;
  }

  /** Which certificate a new connection is shown. */
  private X509Certificate shown(OpenDoor door) throws IOException {
    try (SSLSocket socket = socket(door, CertificateFiles.context(client, authority))) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void certificatesInPemEncrypt() throws IOException {
    try (OpenDoor door = secure("ssl.keystore.location", certificate.toString());
        RawConnection connection = connect(door, client)) {
      assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
      assertThat(door.address().getScheme()).isEqualTo("https");
    }
  }

  @Test
  void certificatesInAKeyStoreEncrypt() throws IOException {
    Path store =
        new CertificateFiles(directory).keyStore("s.p12", "PKCS12", "secret", server, authority);
    try (OpenDoor door =
            secure("ssl.keystore.location", store.toString(), "ssl.keystore.password", "secret");
        RawConnection connection = connect(door, client)) {
      assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
    }
  }

  @Test
  void theDaysOfACertificateAreShownByListener() throws IOException {
    try (OpenDoor door =
        OpenDoor.with(
            "listeners",
            "http://127.0.0.1:0,https://127.0.0.1:0",
            "ssl.keystore.location",
            certificate.toString())) {
      String listener = door.door.addresses().get(1).getAuthority();

      assertThat(
              door.metric("datapoints_http_certificate_days_left{listener=\"" + listener + "\"}"))
          .isBetween(0.9, 1.0);
    }
  }

  @Test
  void aWrongPasswordIsNamedByItsProperty() {
    Path store =
        new CertificateFiles(directory).keyStore("s.p12", "PKCS12", "secret", server, authority);

    assertThatThrownBy(
            () ->
                secure("ssl.keystore.location", store.toString(), "ssl.keystore.password", "wrong"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("datapoints.http.ssl.keystore.password")
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(() -> secure("ssl.keystore.location", "/not/there"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("datapoints.http.ssl.keystore.location");
  }

  @Test
  void aRenewedCertificateIsShownToNewConnections() throws IOException {
    try (OpenDoor door = secure("ssl.keystore.location", certificate.toString());
        RawConnection before = connect(door, client)) {
      assertThat(shown(door)).isEqualTo(server.certificate());
      Identity renewed = authority.server(LOCAL);

      Files.move(pem("next.pem", renewed), certificate, StandardCopyOption.REPLACE_EXISTING);

      Await.until("the new certificate", BOUND, () -> shown(door).equals(renewed.certificate()));
      assertThat(before.post(OpenDoor.POINT).answer().status()).isEqualTo(204);

      Files.writeString(certificate, "nothing of use");
      assertThat(shown(door)).isEqualTo(renewed.certificate());
    }
  }

  @Test
  void aCertificateOfTheClientsIsEnoughWhereItIsAsked() throws IOException {
    try (OpenDoor door =
        secure(
            "ssl.keystore.location",
            certificate.toString(),
            "ssl.truststore.location",
            trusted.toString(),
            "ssl.client.auth",
            "requested",
            "auth",
            "mtls")) {
      try (RawConnection connection = connect(door, client)) {
        assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
      }
      try (RawConnection connection = new RawConnection(socket(door, context(null)))) {
        assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(401);
        assertThat(connection.request("GET", "/health/ready", "").answer().status()).isEqualTo(200);
      }
    }
  }

  /** A client with the certificate of this file, or without one. */
  private SSLContext context(@Nullable String keyStore) {
    return TlsContext.of(
        new TlsConfig("test.", trusted.toString(), null, keyStore, null, null, null, true));
  }

  @Test
  void withoutARequiredCertificateThereIsNoConnection() throws IOException {
    try (OpenDoor door =
        secure(
            "ssl.keystore.location", certificate.toString(),
            "ssl.truststore.location", trusted.toString(),
            "ssl.client.auth", "required")) {
      try (RawConnection connection = connect(door, client)) {
        assertThat(connection.post(OpenDoor.POINT).answer().status()).isEqualTo(204);
      }
      assertThatThrownBy(
              () -> {
                // In TLS 1.3 a client learns of it with its first reading.
                try (RawConnection connection = new RawConnection(socket(door, context(null)))) {
                  connection.post(OpenDoor.POINT).answer();
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(door.log.records()).hasSize(1);
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNone() throws IOException {
    Authority other = new Authority("two");
    Identity stranger = other.client("stranger");
    Path strangers =
        new CertificateFiles(directory)
            .pem(
                "stranger.pem",
                stranger.certificate(),
                other.certificate(),
                CertificateFiles.pkcs8(stranger.key()));
    try (OpenDoor door =
        secure(
            "ssl.keystore.location",
            certificate.toString(),
            "ssl.truststore.location",
            trusted.toString(),
            "ssl.client.auth",
            "required",
            "auth",
            "mtls")) {
      assertThatThrownBy(
              () -> {
                try (RawConnection connection =
                    new RawConnection(socket(door, context(strangers.toString())))) {
                  connection.post(OpenDoor.POINT).answer();
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(door.log.records()).isEmpty();
    }
  }

  @Test
  void aHandshakeThatDoesNotEndClosesTheConnection() throws IOException {
    try (OpenDoor door =
            secure("ssl.keystore.location", certificate.toString(), "header.timeout.ms", "100");
        RawConnection connection = door.connect()) {
      assertThat(connection.send(new byte[] {22, 3, 1}).ends()).isTrue();
    }
  }
}
