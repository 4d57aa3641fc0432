package io.datapoints.connect.config.setting;

import static io.datapoints.connect.config.setting.TlsConfig.ENABLED;
import static io.datapoints.connect.config.setting.TlsConfig.HOSTNAME_VALIDATION;
import static io.datapoints.connect.config.setting.TlsConfig.KEYSTORE_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.KEYSTORE_PASSWORD;
import static io.datapoints.connect.config.setting.TlsConfig.KEY_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.KEY_PASSWORD;
import static io.datapoints.connect.config.setting.TlsConfig.TRUSTSTORE_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.TRUSTSTORE_PASSWORD;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.jspecify.annotations.Nullable;

/**
 * Defines, checks and reads the settings of {@link TlsConfig}. The names follow those of Kafka's
 * clients. Validation does not check that the files exist, since the task may run on another
 * worker.
 *
 * @param prefix the prefix of their names
 * @param store the name of the store in documentation
 */
public record TlsSettings(String prefix, String store) {

  public static final TlsSettings CASSANDRA = new TlsSettings("cassandra.ssl.", "Cassandra");
  public static final TlsSettings MONGODB = new TlsSettings("mongodb.ssl.", "MongoDB");

  public void define(ConfigDef definition) {
    SettingGroup group = new SettingGroup(definition, store + " encryption");
    group.add(
        prefix + ENABLED,
        ConfigDef.Type.BOOLEAN,
        false,
        null,
        Importance.MEDIUM,
        "Encrypt",
        "Whether connections to " + store + " are encrypted, as the settings of this group say.");
    defineTrust(group);
    defineIdentity(group);
    group.add(
        prefix + HOSTNAME_VALIDATION,
        ConfigDef.Type.BOOLEAN,
        true,
        null,
        Importance.LOW,
        "Validate host name",
        "Whether the certificate of a server must carry the name or address by which it is reached.");
  }

  private void defineTrust(SettingGroup group) {
    file(
        group,
        TRUSTSTORE_LOCATION,
        "Trust store",
        "File on every worker with the authorities to trust: certificates in PEM, or a PKCS12 or JKS"
            + " key store. Leave out for those of the JVM.");
    password(
        group,
        TRUSTSTORE_PASSWORD,
        "Trust store password",
        "Password of the trust store. PEM has none.");
  }

  private void defineIdentity(SettingGroup group) {
    file(
        group,
        KEYSTORE_LOCATION,
        "Key store",
        "File on every worker with the client's certificate: in PEM, followed by its chain, or a"
            + " PKCS12 or JKS key store with certificate and key. Leave out for none.");
    password(
        group, KEYSTORE_PASSWORD, "Key store password", "Password of the key store. PEM has none.");
    file(
        group,
        KEY_LOCATION,
        "Private key",
        "File on every worker with the client's private key in PEM (PKCS#8, RSA or EC). Leave out"
            + " where it is in the same file as the certificate.");
    password(
        group,
        KEY_PASSWORD,
        "Private key password",
        "Password of an encrypted private key; in a key store, if it is not that of the store.");
  }

  private void file(SettingGroup group, String name, String title, String doc) {
    group.add(
        prefix + name,
        ConfigDef.Type.STRING,
        null,
        new NonEmptyString(),
        Importance.MEDIUM,
        title,
        doc);
  }

  private void password(SettingGroup group, String name, String title, String doc) {
    group.add(prefix + name, ConfigDef.Type.PASSWORD, null, null, Importance.MEDIUM, title, doc);
  }

  @Nullable
  public TlsConfig from(AbstractConfig config) {
    return config.getBoolean(prefix + ENABLED)
        ? new TlsConfig(
            prefix,
            config.getString(prefix + TRUSTSTORE_LOCATION),
            config.getPassword(prefix + TRUSTSTORE_PASSWORD),
            config.getString(prefix + KEYSTORE_LOCATION),
            config.getPassword(prefix + KEYSTORE_PASSWORD),
            config.getString(prefix + KEY_LOCATION),
            config.getPassword(prefix + KEY_PASSWORD),
            config.getBoolean(prefix + HOSTNAME_VALIDATION))
        : null;
  }

  public void review(Review review) {
    String enabled = prefix + ENABLED;
    for (String name : List.of(TRUSTSTORE_LOCATION, KEYSTORE_LOCATION)) {
      String key = prefix + name;
      if (review.sound(key, enabled) && !review.on(enabled)) {
        review.error(key, key + " has no effect: " + enabled + " is false");
      }
    }
    needs(review, TRUSTSTORE_PASSWORD, TRUSTSTORE_LOCATION);
    needs(review, KEYSTORE_PASSWORD, KEYSTORE_LOCATION);
    needs(review, KEY_LOCATION, KEYSTORE_LOCATION);
    needs(review, KEY_PASSWORD, KEYSTORE_LOCATION);
  }

  private void needs(Review review, String name, String neededName) {
    String key = prefix + name;
    String needed = prefix + neededName;
    if (review.sound(key) && !review.given(needed)) {
      review.error(needed, needed + " is missing: " + key + " is set");
    }
  }
}
