package io.datapoints.connect.store.mongodb;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.connection.ConnectionPoolSettings;
import com.mongodb.connection.SslSettings;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.tls.TlsContext;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The driver's settings: those of the connection string, and over them those of the connector. */
final class ClientSettings {

  /** The longest application name that a server takes. */
  private static final int MAX_NAME_BYTES = 128;

  private ClientSettings() {}

  /**
   * Blocks for a name lookup where the connection string asks for one, and reads the files of the
   * TLS settings.
   *
   * @throws StoreException for a connection string that the driver does not take
   * @throws io.datapoints.connect.tls.TlsException naming the TLS setting at fault
   */
  static MongoClientSettings of(MongoConfig config, String taskName) {
    TlsConfig tls = config.tls();
    ConnectionString uri = connectionString(config);
    return MongoClientSettings.builder()
        .applyConnectionString(uri)
        .applyToConnectionPoolSettings(pool -> apply(config.pool(), pool))
        .applyToSslSettings(
            ssl -> {
              // Without settings of ours it stays as the connection string has it.
              if (tls != null) {
                apply(tls, ssl);
              }
            })
        // No document, and so no payload, in what the driver logs at debug level.
        .applyToLoggerSettings(logger -> logger.maxDocumentLength(0))
        .timeout(config.operationTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .writeConcern(writeConcern(config.writeConcern(), uri.getWriteConcern()))
        .readPreference(ReadPreference.primary())
        .applicationName(shortened(taskName))
        .build();
  }

  /** The driver's own complaint stays out: it may quote a part of the password. */
  private static ConnectionString connectionString(MongoConfig config) {
    try {
      return new ConnectionString(config.uri().value());
    } catch (IllegalArgumentException e) {
      throw StoreException.fatal(
          MongoConfig.URI
              + " is not a connection string that the driver takes; special characters in a user"
              + " name or password have to be percent-encoded");
    }
  }

  private static void apply(TlsConfig config, SslSettings.Builder ssl) {
    ssl.enabled(true)
        .context(TlsContext.of(config))
        .invalidHostNameAllowed(!config.hostnameValidation());
  }

  private static void apply(MongoConfig.Pool config, ConnectionPoolSettings.Builder pool) {
    config.maxSize().ifPresent(pool::maxSize);
    config.minSize().ifPresent(pool::minSize);
    config
        .maxIdle()
        .ifPresent(idle -> pool.maxConnectionIdleTime(idle.toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * @param ofUri the one of the connection string, which agrees with the setting and may ask for
   *     the journal besides
   */
  private static WriteConcern writeConcern(String members, @Nullable WriteConcern ofUri) {
    WriteConcern concern =
        members.equals("majority")
            ? WriteConcern.MAJORITY
            : new WriteConcern(Integer.parseInt(members));
    return ofUri != null && Boolean.TRUE.equals(ofUri.getJournal())
        ? concern.withJournal(true)
        : concern;
  }

  private static String shortened(String name) {
    String shorter = name;
    while (shorter.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
    }
    return shorter;
  }
}
