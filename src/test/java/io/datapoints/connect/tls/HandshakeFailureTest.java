package io.datapoints.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.TlsConfig;
import io.datapoints.connect.kit.Authority;
import io.datapoints.connect.kit.CertificateFiles;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real handshakes fail for. */
class HandshakeFailureTest {

  private static final String HERE = "127.0.0.1";

  private final Authority trusted = new Authority("trusted");
  private final Authority stranger = new Authority("stranger");

  @TempDir private Path directory = Path.of("");

  @Test
  void anUnknownAuthority() throws Exception {
    assertThat(met(stranger.server(HERE), stranger, false))
        .isEqualTo(HandshakeFailure.UNKNOWN_AUTHORITY);
  }

  @Test
  void aWrongName() throws Exception {
    assertThat(met(trusted.namedServer("other.example"), trusted, false))
        .isEqualTo(HandshakeFailure.WRONG_NAME);
    assertThat(met(trusted.server("127.0.0.9"), trusted, false))
        .isEqualTo(HandshakeFailure.WRONG_NAME);
  }

  @Test
  void anExpiredCertificate() throws Exception {
    assertThat(met(trusted.expiredServer(HERE), trusted, false))
        .isEqualTo(HandshakeFailure.EXPIRED);
  }

  @Test
  void aMissingClientCertificate() throws Exception {
    assertThat(met(trusted.server(HERE), trusted, true)).isEqualTo(HandshakeFailure.CLIENT_REFUSED);
  }

  @Test
  void noTlsAtAll() {
    assertThat(HandshakeFailure.of(new IOException(new NotSslRecordException("plain"))))
        .contains(HandshakeFailure.NOT_ENCRYPTED)
        .get()
        .matches(each -> !each.forOperator());
    assertThat(HandshakeFailure.of(new SSLException("Unsupported or unrecognized SSL message")))
        .contains(HandshakeFailure.NOT_ENCRYPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"handshake_failure", "internal_error", "protocol_version"})
  void anAlertThatSpeaksOfNoCertificateIsNotUnderstood(String alert) {
    assertThat(HandshakeFailure.of(new SSLHandshakeException("Received fatal alert: " + alert)))
        .isEmpty();
  }

  @Test
  void theSettingToLookAtIsNamedOfItsOwnStore() {
    TlsConfig tls = config(null);
    for (HandshakeFailure each : HandshakeFailure.values()) {
      assertThat(each.message(tls)).contains("see " + each.setting(tls)).doesNotContain("%");
      assertThat(each.setting(tls)).startsWith("mongodb.ssl.");
    }
  }

  private HandshakeFailure met(Authority.Identity server, Authority issuer, boolean mutual)
      throws Exception {
    SSLContext client =
        TlsContext.of(
            config(
                new CertificateFiles(directory).pem("ca.crt", trusted.certificate()).toString()));
    IOException error =
        Handshake.between(client, CertificateFiles.context(server, issuer), mutual).orElseThrow();
    return HandshakeFailure.of(error)
        .orElseThrow(() -> new AssertionError("not understood", error));
  }

  private static TlsConfig config(@Nullable String truststore) {
    return new TlsConfig("mongodb.ssl.", truststore, null, null, null, null, null, true);
  }
}
