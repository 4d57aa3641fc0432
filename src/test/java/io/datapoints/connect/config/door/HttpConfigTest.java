package io.datapoints.connect.config.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.door.AuthenticationConfig.Scheme;
import io.datapoints.connect.config.door.ListenerTlsConfig.ClientCertificates;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {

  private static HttpConfig config(String... namesAndValues) {
    Map<String, String> properties = new HashMap<>(Map.of("listeners", "http://127.0.0.1:0"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return HttpSettings.of(properties);
  }

  @Test
  void aListenerIsAllThatIsNeeded() {
    HttpConfig config = config("listeners", "http://10.0.0.1:8080");

    assertThat(config.listeners()).containsExactly(new ListenerConfig(false, "10.0.0.1", 8080));
    assertThat(config.tls()).isNull();
    assertThat(config.authentication().schemes()).isEmpty();
    assertThat(config.answers().corsOrigins()).isEmpty();
    assertThat(config.limits().idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.limits().headerBytes()).isEqualTo(8192);
  }

  @Test
  void withoutAListenerThePropertyIsNamed() {
    assertThatThrownBy(() -> HttpSettings.of(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("datapoints.http.listeners");
    assertThatThrownBy(() -> config("listeners", ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("datapoints.http.listeners");
  }

  @ParameterizedTest
  @CsvSource({
    "http://:8080, false, 8080",
    "http://0.0.0.0:1, false, 1",
    "https://[::]:65535, true, 65535",
  })
  void withoutAHostItIsAllAddresses(String text, boolean secure, int port) {
    assertThat(ListenerConfig.parse(text)).isEqualTo(new ListenerConfig(secure, null, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8080",
        "http://127.0.0.1",
        "http://127.0.0.1:65536",
        "ftp://127.0.0.1:21",
        "http://127.0.0.1:8080/api",
        "http://a:1,http://a:1"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> config("listeners", text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("datapoints.http.listeners");
  }

  @Test
  void severalSchemesOfAuthenticationAreAList() {
    AuthenticationConfig authentication =
        config("auth", "basic,bearer", "auth.basic.file", "/p", "auth.bearer.file", "/t")
            .authentication();

    assertThat(authentication.schemes()).containsExactlyInAnyOrder(Scheme.BASIC, Scheme.BEARER);
  }

  @ParameterizedTest
  @CsvSource({
    "auth, 'none,basic', datapoints.http.auth",
    "auth, digest, datapoints.http.auth",
    "auth, '', datapoints.http.auth",
    "auth, basic, datapoints.http.auth.basic.file",
    "auth, bearer, datapoints.http.auth.bearer.file",
    "auth, mtls, datapoints.http.auth",
    "auth.basic.file, /p, datapoints.http.auth.basic.file",
    "ssl.keystore.location, /k, datapoints.http.ssl.keystore.location",
    "listeners, https://127.0.0.1:0, datapoints.http.ssl.keystore.location",
    "compatibility, strict, datapoints.http.compatibility",
  })
  void whatCannotBeMeantIsRefusedByTheNameOfItsProperty(
      String name, String value, String property) {
    assertThatThrownBy(() -> config(name, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(property);
  }

  @Test
  void clientsAreAskedForCertificatesOnlyWithAuthoritiesOfTheirs() {
    assertThatThrownBy(
            () ->
                config(
                    "listeners", "https://127.0.0.1:0",
                    "ssl.keystore.location", "/k",
                    "ssl.client.auth", "required"))
        .hasMessageContaining("datapoints.http.ssl.truststore.location");

    HttpConfig config =
        config(
            "listeners", "https://127.0.0.1:0",
            "ssl.keystore.location", "/k",
            "ssl.truststore.location", "/t",
            "ssl.client.auth", "requested",
            "auth", "mtls");
    assertThat(config.tls())
        .isNotNull()
        .extracting(ListenerTlsConfig::clientCertificates)
        .isEqualTo(ClientCertificates.REQUESTED);
  }

  @Test
  void exactCompatibilityHasKairosDbsCors() {
    assertThat(config("compatibility", "exact").answers())
        .isEqualTo(new AnswerConfig(true, List.of("*"), 5));
  }
}
