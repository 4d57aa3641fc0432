package io.datapoints.connect.tls;

import static io.datapoints.connect.kit.CertificateFiles.pkcs8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.kit.Authority;
import io.datapoints.connect.kit.Authority.Identity;
import io.datapoints.connect.kit.CertificateFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that a TLS context is made of, and what is said of those that make none. */
class TlsContextTest {

  private static final String SECRET = "hunter2-store";
  private static final String KEY_SECRET = "hunter2-key";

  private final Authority authority = new Authority("authority");
  private final Identity client = authority.client("client");

  @TempDir private Path directory = Path.of("");
  private CertificateFiles files = new CertificateFiles(directory);
  private Settings settings = new Settings();

  /** The settings, as a configuration would have them. */
  private static final class Settings {
    @Nullable Path truststore;
    @Nullable String truststorePassword;
    @Nullable Path keystore;
    @Nullable String keystorePassword;
    @Nullable Path key;
    @Nullable String keyPassword;

    TlsConfig config() {
      return new TlsConfig(
          "cassandra.ssl.",
          text(truststore),
          password(truststorePassword),
          text(keystore),
          password(keystorePassword),
          text(key),
          password(keyPassword),
          true);
    }

    private static @Nullable String text(@Nullable Path path) {
      return path == null ? null : path.toString();
    }

    private static @Nullable Password password(@Nullable String text) {
      return text == null ? null : new Password(text);
    }
  }

  @BeforeEach
  void trustTheAuthority() {
    files = new CertificateFiles(directory);
    settings.truststore = files.pem("ca.crt", authority.certificate());
  }

  @Test
  void pemInThreeFiles() throws Exception {
    settings.keystore = files.pem("tls.crt", client.certificate(), authority.certificate());
    settings.key = files.pem("tls.key", pkcs8(client.key()));
    assertShakesHands();
  }

  @Test
  void pemWithTheKeyBesideTheCertificate() throws Exception {
    settings.keystore = files.pem("tls.pem", client.certificate(), pkcs8(client.key()));
    assertShakesHands();
  }

  @Test
  void pemWithAnEncryptedRsaKey() throws Exception {
    Identity rsa = authority.rsaClient("rsa");
    settings.keystore = files.pem("tls.crt", rsa.certificate());
    settings.key = files.pem("tls.key", pkcs8(rsa.key(), KEY_SECRET));
    settings.keyPassword = KEY_SECRET;
    assertShakesHands();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void keyStoresOfTheJvm(String type) throws Exception {
    settings.truststore = files.trustStore("trust", type, SECRET, authority);
    settings.truststorePassword = SECRET;
    settings.keystore = files.keyStore("key", type, SECRET, client, authority);
    settings.keystorePassword = SECRET;
    assertShakesHands();
  }

  @Test
  void aKeyStoreWithAnotherPasswordForItsKey() throws Exception {
    settings.keystore = files.keyStore("key", "JKS", SECRET, KEY_SECRET, client, authority);
    settings.keystorePassword = SECRET;
    assertRefused("cassandra.ssl.keystore.password", "does not open the private key");
    settings.keyPassword = KEY_SECRET;
    assertShakesHands();
  }

  private void assertShakesHands() throws Exception {
    assertThat(
            Handshake.between(
                TlsContext.of(settings.config()),
                CertificateFiles.context(authority.server("127.0.0.1"), authority),
                true))
        .isEmpty();
  }

  @Test
  void aFileThatIsNotThere() {
    settings.truststore = directory.resolve("none");
    assertRefused("cassandra.ssl.truststore.location", "is not on this worker");
    settings.truststore = directory;
    assertRefused("cassandra.ssl.truststore.location", "is not on this worker");
  }

  @Test
  void aFileWithSomethingElseInIt() throws Exception {
    settings.truststore = Files.writeString(directory.resolve("text"), "nothing of the kind");
    assertRefused("cassandra.ssl.truststore.location", "neither PEM nor a PKCS12 or JKS key store");
    settings.truststore = files.pem("key.pem", pkcs8(client.key()));
    assertRefused("cassandra.ssl.truststore.location", "holds no certificate in PEM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void aWrongPasswordOfAStore(String type) {
    settings.truststore = files.trustStore("trust", type, SECRET, authority);
    settings.truststorePassword = "hunter2-wrong";
    assertRefused("cassandra.ssl.truststore.password", "does not open the file of");
    settings.truststorePassword = SECRET;
    settings.keystore = files.keyStore("key", type, SECRET, client, authority);
    settings.keystorePassword = "hunter2-wrong";
    assertRefused("cassandra.ssl.keystore.password", "does not open the file of");
  }

  @Test
  void aTrustStoreThatIsNotOpenedAndSoSeemsEmpty() {
    settings.truststore = files.trustStore("trust", "PKCS12", SECRET, authority);
    assertRefused("cassandra.ssl.truststore.location", "holds no certificate to trust");
  }

  @Test
  void aKeyThatBelongsToAnotherCertificate() {
    settings.keystore = files.pem("tls.crt", client.certificate());
    settings.key = files.pem("other.key", pkcs8(authority.client("other").key()));
    assertRefused(
        "cassandra.ssl.keystore.location", "the private key does not belong to the certificate");
    settings.key = files.pem("rsa.key", pkcs8(authority.rsaClient("rsa").key()));
    assertRefused(
        "cassandra.ssl.keystore.location", "the private key does not belong to the certificate");
  }

  @Test
  void aCertificateThatHasExpired() {
    Identity expired = authority.expiredClient("late");
    settings.keystore = files.pem("tls.pem", expired.certificate(), pkcs8(expired.key()));
    assertRefused("cassandra.ssl.keystore.location", "expired at 20");
    settings.keystore = files.keyStore("late.p12", "PKCS12", SECRET, expired, authority);
    settings.keystorePassword = SECRET;
    assertRefused("cassandra.ssl.keystore.location", "expired at 20");
  }

  /** Neither of the dead entries is shown, wherever they stand. */
  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void entriesThatHaveExpiredBesideOneThatIsValid(String type) throws Exception {
    List<Identity> entries =
        List.of(authority.expiredClient("client"), client, authority.expiredClient("client"));
    settings.keystore = files.keyStore("key", type, SECRET, entries, authority);
    settings.keystorePassword = SECRET;
    byte[] before = Files.readAllBytes(settings.keystore);
    assertShakesHands();
    assertThat(Files.readAllBytes(settings.keystore)).isEqualTo(before);
  }

  @Test
  void aKeyThatIsEncrypted() {
    settings.keystore = files.pem("tls.crt", client.certificate());
    settings.key = files.pem("tls.key", pkcs8(client.key(), KEY_SECRET));
    assertRefused("cassandra.ssl.key.password", "is missing: the private key is encrypted");
    settings.keyPassword = "hunter2-wrong";
    assertRefused("cassandra.ssl.key.password", "does not open the private key");
  }

  @Test
  void aKeyThatIsMissingOrInAnotherForm() {
    settings.keystore = files.pem("tls.crt", client.certificate());
    assertRefused("cassandra.ssl.key.location", "is missing");
    settings.key = files.pem("ca.pem", authority.certificate());
    assertRefused("cassandra.ssl.key.location", "holds no private key in PEM");
    settings.key = files.pem("pkcs1.key", client.key());
    assertRefused("cassandra.ssl.key.location", "not in PKCS#8");
    settings.key = directory.resolve("none");
    assertRefused("cassandra.ssl.key.location", "is not on this worker");
  }

  @Test
  void settingsThatDoNotGoWithTheKindOfFile() {
    settings.truststorePassword = SECRET;
    assertRefused("cassandra.ssl.truststore.password", "a PEM file has none");
    settings.truststorePassword = null;
    settings.keystore = files.pem("tls.pem", client.certificate(), pkcs8(client.key()));
    settings.keystorePassword = SECRET;
    assertRefused("cassandra.ssl.keystore.password", "a PEM file has none");
    settings.keystore = files.keyStore("key.p12", "PKCS12", SECRET, client, authority);
    settings.key = files.pem("tls.key", pkcs8(client.key()));
    assertRefused("cassandra.ssl.key.location", "holds its key itself");
  }

  @Test
  void aKeyStoreWithoutAKey() {
    settings.keystore = files.trustStore("trust", "PKCS12", SECRET, authority);
    settings.keystorePassword = SECRET;
    assertRefused("cassandra.ssl.keystore.location", "holds no private key");
  }

  private void assertRefused(String setting, String reason) {
    assertThatThrownBy(() -> TlsContext.of(settings.config()))
        .isInstanceOfSatisfying(
            TlsException.class,
            refusal -> {
              assertThat(refusal.setting()).isEqualTo(setting);
              assertThat(refusal.getMessage()).contains(setting, reason);
              assertThat(trace(refusal)).doesNotContain("hunter2");
            });
  }

  private static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
