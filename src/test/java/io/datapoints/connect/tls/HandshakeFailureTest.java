package io.datapoints.connect.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.kit.Authority;
import io.datapoints.connect.kit.CertificateFiles;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

  /** Reached by address or by name, with certificates for others and for nobody. */
  @ParameterizedTest
  @ValueSource(strings = {HERE, "localhost"})
  void aWrongName(String host) throws Exception {
    for (Authority.Identity each :
        List.of(
            trusted.namedServer("other.example"),
            trusted.server("127.0.0.9"),
            trusted.client("other.example"))) {
      assertThat(met(host, each, trusted, false)).isEqualTo(HandshakeFailure.WRONG_NAME);
    }
  }

  /** It would be no help to switch the validation of names off. */
  @Test
  void aCertificateThatIsNotForServers() throws Exception {
    assertThat(met(trusted.misusedServer(HERE), trusted, false))
        .isEqualTo(HandshakeFailure.CERTIFICATE_REFUSED)
        .matches(HandshakeFailure::forOperator);
  }

  /** Clocks may be wrong after a power cut, and right themselves. */
  @Test
  void aCertificateThatIsNotValidYetIsCuredByTime() throws Exception {
    assertThat(met(trusted.futureServer(HERE), trusted, false))
        .isEqualTo(HandshakeFailure.NOT_YET_VALID)
        .matches(each -> !each.forOperator());
  }

  @Test
  void anExpiredCertificate() throws Exception {
    assertThat(met(trusted.expiredServer(HERE), trusted, false))
        .isEqualTo(HandshakeFailure.EXPIRED)
        .matches(HandshakeFailure::forOperator);
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
    return met(HERE, server, issuer, mutual);
  }

  private HandshakeFailure met(
      String host, Authority.Identity server, Authority issuer, boolean mutual) throws Exception {
    SSLContext client =
        TlsContext.of(
            config(
                new CertificateFiles(directory).pem("ca.crt", trusted.certificate()).toString()));
    IOException error =
        Handshake.between(client, host, CertificateFiles.context(server, issuer), mutual)
            .orElseThrow();
    return HandshakeFailure.of(error)
        .orElseThrow(() -> new AssertionError("not understood", error));
  }

  private static TlsConfig config(@Nullable String truststore) {
    return new TlsConfig("mongodb.ssl.", truststore, null, null, null, null, null, true);
  }
}
