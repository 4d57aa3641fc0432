package io.datapoints.connect.config.door;

import static io.datapoints.connect.config.setting.TlsConfig.KEYSTORE_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.KEYSTORE_PASSWORD;
import static io.datapoints.connect.config.setting.TlsConfig.KEY_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.KEY_PASSWORD;
import static io.datapoints.connect.config.setting.TlsConfig.TRUSTSTORE_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.TRUSTSTORE_PASSWORD;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.config.setting.Validators;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigException;

/**
 * How the listeners speak TLS. The names of the settings follow those of Kafka.
 *
 * @param files certificate and key of the door, and the authorities of its clients
 * @param clientCertificates whether clients are asked for a certificate
 */
public record ListenerTlsConfig(TlsConfig files, ClientCertificates clientCertificates) {

  /** Whether clients are asked for a certificate. */
  public enum ClientCertificates {
    /** They are not asked. */
    NONE,
    /** They may come without. */
    REQUESTED,
    /** Without one there is no connection, not even for health checks. */
    REQUIRED
  }

  static final String PREFIX = "datapoints.http.ssl.";
  static final String CLIENT_AUTH = PREFIX + "client.auth";

  private static final List<String> NAMES =
      List.of(
          KEYSTORE_LOCATION,
          KEYSTORE_PASSWORD,
          KEY_LOCATION,
          KEY_PASSWORD,
          TRUSTSTORE_LOCATION,
          TRUSTSTORE_PASSWORD);

  static void define(ConfigDef definition) {
    SettingGroup group = new SettingGroup(definition, "HTTP encryption");
    file(
        group,
        KEYSTORE_LOCATION,
        "Key store",
        "File on the worker with the certificate of https listeners: in PEM, followed by its chain,"
            + " or a PKCS12 or JKS key store with certificate and key. This file and the others of"
            + " this group are read again when they change.");
    password(
        group, KEYSTORE_PASSWORD, "Key store password", "Password of the key store. PEM has none.");
    file(
        group,
        KEY_LOCATION,
        "Private key",
        "File on the worker with the private key in PEM (PKCS#8, RSA or EC). Leave out where it is"
            + " in the same file as the certificate.");
    password(
        group,
        KEY_PASSWORD,
        "Private key password",
        "Password of an encrypted private key; in a key store, if it is not that of the store.");
    file(
        group,
        TRUSTSTORE_LOCATION,
        "Trust store",
        "File on the worker with the authorities whose clients are let in: certificates in PEM, or"
            + " a PKCS12 or JKS key store.");
    password(
        group,
        TRUSTSTORE_PASSWORD,
        "Trust store password",
        "Password of the trust store. PEM has none.");
    group.add(
        CLIENT_AUTH,
        ConfigDef.Type.STRING,
        "none",
        Validators.oneOf(ClientCertificates.class),
        Importance.MEDIUM,
        "Client certificates",
        "Whether clients are asked for a certificate: none, requested, or required, without which"
            + " there is no connection, not even for health checks.");
  }

  private static void file(SettingGroup group, String name, String title, String doc) {
    group.add(
        PREFIX + name,
        ConfigDef.Type.STRING,
        null,
        new NonEmptyString(),
        Importance.MEDIUM,
        title,
        doc);
  }

  private static void password(SettingGroup group, String name, String title, String doc) {
    group.add(PREFIX + name, ConfigDef.Type.PASSWORD, null, null, Importance.MEDIUM, title, doc);
  }

  /**
   * For a door with an https listener.
   *
   * @throws ConfigException naming the property
   */
  static ListenerTlsConfig from(AbstractConfig config) {
    needs(config, KEYSTORE_LOCATION, HttpConfig.LISTENERS + " has https");
    ClientCertificates asked =
        Validators.constant(ClientCertificates.class, config.getString(CLIENT_AUTH));
    if (asked != ClientCertificates.NONE) {
      needs(config, TRUSTSTORE_LOCATION, CLIENT_AUTH + " is " + config.getString(CLIENT_AUTH));
    }
    if (given(config, TRUSTSTORE_PASSWORD)) {
      needs(config, TRUSTSTORE_LOCATION, PREFIX + TRUSTSTORE_PASSWORD + " is set");
    }
    TlsConfig files =
        new TlsConfig(
            PREFIX,
            config.getString(PREFIX + TRUSTSTORE_LOCATION),
            config.getPassword(PREFIX + TRUSTSTORE_PASSWORD),
            config.getString(PREFIX + KEYSTORE_LOCATION),
            config.getPassword(PREFIX + KEYSTORE_PASSWORD),
            config.getString(PREFIX + KEY_LOCATION),
            config.getPassword(PREFIX + KEY_PASSWORD),
            false);
    return new ListenerTlsConfig(files, asked);
  }

  /**
   * For a door without an https listener.
   *
   * @throws ConfigException if a setting of this group would have no effect
   */
  static void refuse(AbstractConfig config) {
    for (String name : NAMES) {
      if (given(config, name)) {
        throw new ConfigException(
            PREFIX + name + " has no effect: " + HttpConfig.LISTENERS + " has no https");
      }
    }
  }

  /** The files that it is made of. */
  public List<Path> paths() {
    return Stream.of(files.keystorePath(), files.keyPath(), files.truststorePath())
        .filter(Objects::nonNull)
        .map(Path::of)
        .toList();
  }

  private static boolean given(AbstractConfig config, String name) {
    return config.values().get(PREFIX + name) != null;
  }

  private static void needs(AbstractConfig config, String name, String why) {
    if (!given(config, name)) {
      throw new ConfigException(PREFIX + name + " is missing: " + why);
    }
  }
}
