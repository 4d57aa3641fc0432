package io.datapoints.connect.store.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.connection.ConnectionPoolSettings;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the driver is told. */
class ClientSettingsTest {

  private static final String URI = "mongodb://localhost";

  @Test
  void withoutSettingsThePoolIsAsTheDriverHasIt() {
    ConnectionPoolSettings pool = settings(URI).getConnectionPoolSettings();
    assertThat(pool).isEqualTo(ConnectionPoolSettings.builder().build());
    assertThat(pool.getMaxSize()).isEqualTo(100);
    assertThat(pool.getMinSize()).isZero();
    assertThat(pool.getMaxConnectionIdleTime(TimeUnit.MILLISECONDS)).isZero();
    assertThat(pool.getMaxConnecting()).isEqualTo(2);
  }

  @Test
  void thePoolIsAsTheConnectionStringSaysAndTheSettingsComeFirst() {
    String uri = URI + "/?maxPoolSize=7&minPoolSize=3&maxIdleTimeMS=5000&maxConnecting=4";
    ConnectionPoolSettings asInUri = settings(uri).getConnectionPoolSettings();
    assertThat(asInUri.getMaxSize()).isEqualTo(7);
    assertThat(asInUri.getMinSize()).isEqualTo(3);
    ConnectionPoolSettings pool =
        settings(
                uri,
                "mongodb.pool.max.size",
                "150",
                "mongodb.pool.min.size",
                "25",
                "mongodb.pool.max.idle.ms",
                "3600000")
            .getConnectionPoolSettings();
    assertThat(pool.getMaxSize()).isEqualTo(150);
    assertThat(pool.getMinSize()).isEqualTo(25);
    assertThat(pool.getMaxConnectionIdleTime(TimeUnit.HOURS)).isEqualTo(1);
    assertThat(pool.getMaxConnecting()).isEqualTo(4);
  }

  @Test
  void anOperationEndsInTime() {
    assertThat(settings(URI).getTimeout(TimeUnit.MILLISECONDS)).isEqualTo(3_000);
    assertThat(
            settings(URI, "mongodb.operation.timeout.ms", "1234").getTimeout(TimeUnit.MILLISECONDS))
        .isEqualTo(1_234);
  }

  @Test
  void aWriteIsConfirmedByTheMajorityOrByANumberOfMembers() {
    assertThat(settings(URI).getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
    assertThat(settings(URI, "mongodb.write.concern", "2").getWriteConcern())
        .isEqualTo(WriteConcern.W2);
  }

  /** As Atlas gives it, and with what else cannot weaken the settings. */
  @Test
  void theConnectionStringMayRepeatTheSettings() {
    String atlas = "/?retryWrites=true&w=majority&appName=Cluster0&tls=true&authSource=admin";
    assertThat(settings(URI + atlas).getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
    assertThat(settings(URI + atlas).getApplicationName()).isEqualTo("test-task");
    assertThat(settings(URI + "/?journal=true&wtimeoutMS=5000").getWriteConcern())
        .isEqualTo(WriteConcern.MAJORITY.withJournal(true));
    assertThat(settings(URI + "/?retryWrites=false&w=2", "mongodb.write.concern", "2"))
        .satisfies(
            two -> {
              assertThat(two.getWriteConcern()).isEqualTo(WriteConcern.W2);
              assertThat(two.getRetryWrites()).isFalse();
              assertThat(two.getTimeout(TimeUnit.MILLISECONDS)).isEqualTo(3_000);
            });
  }

  @Test
  void thePrimaryIsAskedWhateverTheConnectionStringSays() {
    assertThat(settings(URI + "/?readPreference=secondary").getReadPreference())
        .isEqualTo(ReadPreference.primary());
  }

  @Test
  void aTaskIsNamedAsFarAsANameGoes() {
    assertThat(settings(URI).getApplicationName()).isEqualTo("test-task");
    String name =
        Objects.requireNonNull(
            ClientSettings.of(TestStores.config(URI).mongo(), "😀".repeat(40))
                .getApplicationName());
    assertThat(name).isEqualTo("😀".repeat(32));
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(128);
  }

  @Test
  void theDriverLogsNoDocument() {
    assertThat(settings(URI).getLoggerSettings().getMaxDocumentLength()).isZero();
  }

  private static MongoClientSettings settings(String uri, String... settings) {
    return ClientSettings.of(TestStores.config(uri, settings).mongo(), "test-task");
  }
}
