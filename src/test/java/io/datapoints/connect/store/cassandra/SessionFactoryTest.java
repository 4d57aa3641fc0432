package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.kit.Authority;
import io.datapoints.connect.kit.CertificateFiles;
import io.datapoints.connect.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of TLS while a task waits for its first session. */
class SessionFactoryTest {

  private static final String FILE = "ca.crt";

  @TempDir private Path directory = Path.of("");

  /** They may be half written when they are read: that is part of the outage. */
  @Test
  void filesAreReadAnewForEachAttempt() throws Exception {
    renew();
    CassandraConfig config = config();
    SessionFactory sessions = new SessionFactory(config, "task");
    assertThat(sessions.encryption(tls(config))).isNotNull();
    Files.writeString(directory.resolve(FILE), "half of a certificate");
    assertUnreadable(sessions, config, false);
    renew();
    assertThat(sessions.encryption(tls(config))).isNotNull();
  }

  @Test
  void filesThatNeverWereSoundFailTheStart() throws Exception {
    Files.writeString(directory.resolve(FILE), "nothing of the kind");
    CassandraConfig config = config();
    assertUnreadable(new SessionFactory(config, "task"), config, true);
  }

  private static void assertUnreadable(
      SessionFactory sessions, CassandraConfig config, boolean fatal) {
    assertThatThrownBy(() -> sessions.encryption(tls(config)))
        .hasMessageContaining("cassandra.ssl.truststore.location")
        .isInstanceOfSatisfying(
            StoreException.class, failure -> assertThat(failure.isFatal()).isEqualTo(fatal));
  }

  private void renew() {
    new CertificateFiles(directory).pem(FILE, new Authority("authority").certificate());
  }

  private CassandraConfig config() {
    Map<String, String> settings = new HashMap<>();
    settings.put("cassandra.ssl.enabled", "true");
    settings.put("cassandra.ssl.truststore.location", directory.resolve(FILE).toString());
    return CassandraSinkConfig.from(settings).cassandra();
  }

  private static TlsConfig tls(CassandraConfig config) {
    return Objects.requireNonNull(config.tls());
  }
}
