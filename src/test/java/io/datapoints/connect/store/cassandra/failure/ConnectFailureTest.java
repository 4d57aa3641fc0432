package io.datapoints.connect.store.cassandra.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What is said when no session comes about. */
class ConnectFailureTest {

  private final Throwable wrongPassword =
      FailureTableTest.authentication("Provided username and/or password are incorrect");
  private final Throwable untrusted =
      handshake(new CertificateException(new CertPathBuilderException("no path")));
  private final Throwable away = new ClosedConnectionException("lost");

  @Test
  void aCertificateThatNoNodeCanShowIsNamedByItsSetting() {
    StoreException failure = (StoreException) connecting(tls(), untrusted, untrusted);
    assertThat(failure.isFatal()).isTrue();
    assertThat(failure.setting()).contains("cassandra.ssl.truststore.location");
    assertThat(failure).hasMessageContaining("see cassandra.ssl.truststore.location");
  }

  @Test
  void aCertificateOfOneNodeIsWaitedForWhileAnotherIsAway() {
    StoreException failure = (StoreException) connecting(tls(), untrusted, away);
    assertThat(failure.isFatal()).isFalse();
    assertThat(failure).hasMessageContaining("see cassandra.ssl.truststore.location");
    assertThat(Failures.ofOpening(failure)).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void aNodeWithoutTlsIsWaitedForAndNamedByItsSetting() {
    StoreException failure =
        (StoreException) connecting(tls(), handshake(new NotSslRecordException("plain")));
    assertThat(failure.isFatal()).isFalse();
    assertThat(failure).hasMessageContaining("see cassandra.ssl.enabled");
  }

  @Test
  void aUserIsRefusedWithoutTheServersWords() {
    StoreException failure =
        (StoreException)
            connecting(
                config(Map.of("cassandra.username", "me", "cassandra.password", "hunter2")),
                wrongPassword);
    assertThat(failure)
        .hasMessage(
            "the cluster refuses the user of cassandra.username with this password: correct"
                + " either, and let the role LOGIN")
        .extracting(StoreException::isFatal)
        .isEqualTo(true);
    assertThat(failure.setting()).contains("cassandra.password");
    assertThat(connecting(config(Map.of()), wrongPassword))
        .hasMessage("the cluster asks for a user and a password");
  }

  @Test
  void anOutageIsLeftToTheDriversWords() {
    assertThat(connecting(tls(), away)).isInstanceOf(CompletionException.class);
    assertThat(connecting(config(Map.of()), untrusted, away))
        .isInstanceOf(CompletionException.class);
    assertThat(connecting(tls())).isInstanceOf(CompletionException.class);
  }

  @Test
  void aCertificateIsForAnOperatorAlsoWhenOptionsOfTheDriverEncrypt() {
    StoreException failure =
        (StoreException) connecting(config(Map.of()), untrusted, wrongPassword);
    assertThat(failure.isFatal()).isTrue();
    failure = (StoreException) connecting(config(Map.of()), untrusted, untrusted);
    assertThat(failure.isFatal()).isTrue();
    assertThat(failure.setting()).isEmpty();
  }

  @Test
  void aCertificateThatIsNotValidYetIsWaitedFor() {
    StoreException failure =
        (StoreException)
            connecting(
                tls(),
                handshake(
                    new CertificateException(new CertificateNotYetValidException("tomorrow"))));
    assertThat(failure.isFatal()).isFalse();
    assertThat(failure).hasMessageContaining("compare the clocks");
  }

  private static RuntimeException connecting(CassandraConfig config, Throwable... errors) {
    List<Map.Entry<Node, Throwable>> byNode = new ArrayList<>();
    List.of(errors).forEach(error -> byNode.add(Map.entry(FailureTableTest.node(), error)));
    return Failures.ofConnecting(AllNodesFailedException.fromErrors(byNode), config);
  }

  private static ConnectionInitException handshake(Throwable cause) {
    SSLHandshakeException handshake = new SSLHandshakeException("handshake");
    handshake.initCause(cause);
    return new ConnectionInitException("init", handshake);
  }

  private static CassandraConfig tls() {
    return config(Map.of("cassandra.ssl.enabled", "true"));
  }

  private static CassandraConfig config(Map<String, String> settings) {
    return CassandraSinkConfig.from(new HashMap<>(settings)).cassandra();
  }
}
