package io.datapoints.connect.config;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.jspecify.annotations.Nullable;

/**
 * The settings behind {@link CassandraConfig.Ssl}. Whether the stores exist is seen by the worker
 * that runs the task, which need not be the one that validates.
 */
final class CassandraSslSettings {

  static final String ENABLED = "cassandra.ssl.enabled";
  static final String TRUSTSTORE_LOCATION = "cassandra.ssl.truststore.location";
  static final String TRUSTSTORE_PASSWORD = "cassandra.ssl.truststore.password";
  static final String KEYSTORE_LOCATION = "cassandra.ssl.keystore.location";
  static final String KEYSTORE_PASSWORD = "cassandra.ssl.keystore.password";
  static final String HOSTNAME_VALIDATION = "cassandra.ssl.hostname.validation";

  private CassandraSslSettings() {}

  static void define(ConfigDef definition) {
    SettingGroup group = new SettingGroup(definition, "Cassandra encryption");
    group.add(
        ENABLED,
        ConfigDef.Type.BOOLEAN,
        false,
        null,
        Importance.MEDIUM,
        "Encrypt",
        "Whether connections to Cassandra are encrypted.");
    defineStores(group);
    group.add(
        HOSTNAME_VALIDATION,
        ConfigDef.Type.BOOLEAN,
        true,
        null,
        Importance.LOW,
        "Validate host name",
        "Whether the certificate of a node must carry the node's name or address.");
  }

  private static void defineStores(SettingGroup group) {
    group
        .add(
            TRUSTSTORE_LOCATION,
            ConfigDef.Type.STRING,
            null,
            new NonEmptyString(),
            Importance.MEDIUM,
            "Trust store",
            "File on every worker with the certificates to trust; leave out for those of the JVM.")
        .add(
            TRUSTSTORE_PASSWORD,
            ConfigDef.Type.PASSWORD,
            null,
            null,
            Importance.MEDIUM,
            "Trust store password",
            "Password of the trust store.")
        .add(
            KEYSTORE_LOCATION,
            ConfigDef.Type.STRING,
            null,
            new NonEmptyString(),
            Importance.LOW,
            "Key store",
            "File on every worker with the client's certificate and key; leave out for none.")
        .add(
            KEYSTORE_PASSWORD,
            ConfigDef.Type.PASSWORD,
            null,
            null,
            Importance.LOW,
            "Key store password",
            "Password of the key store and of its key.");
  }

  static CassandraConfig.@Nullable Ssl from(AbstractConfig config) {
    return config.getBoolean(ENABLED)
        ? new CassandraConfig.Ssl(
            config.getString(TRUSTSTORE_LOCATION),
            config.getPassword(TRUSTSTORE_PASSWORD),
            config.getString(KEYSTORE_LOCATION),
            config.getPassword(KEYSTORE_PASSWORD),
            config.getBoolean(HOSTNAME_VALIDATION))
        : null;
  }

  static void review(Review review) {
    for (String key : List.of(TRUSTSTORE_LOCATION, KEYSTORE_LOCATION)) {
      if (review.sound(key, ENABLED) && !review.on(ENABLED)) {
        review.object(key, key + " has no effect: " + ENABLED + " is false");
      }
    }
    needsLocation(review, TRUSTSTORE_PASSWORD, TRUSTSTORE_LOCATION);
    needsLocation(review, KEYSTORE_PASSWORD, KEYSTORE_LOCATION);
  }

  private static void needsLocation(Review review, String passwordKey, String locationKey) {
    if (review.sound(passwordKey) && !review.given(locationKey)) {
      review.object(locationKey, locationKey + " is missing: " + passwordKey + " is set");
    }
  }
}
