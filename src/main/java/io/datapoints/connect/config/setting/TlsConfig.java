package io.datapoints.connect.config.setting;

import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The settings of encrypted connections to a store, or of a server of ours with its clients. All
 * files are on the worker. Whether a file is PEM or a key store of the JVM (PKCS12, JKS) is
 * detected from its content.
 *
 * @param prefix the prefix of the settings, such as {@code cassandra.ssl.}
 * @param truststorePath the file of the trusted authorities, null for those of the JVM
 * @param keystorePath the file of our own certificate, in PEM with its chain; null for none
 * @param keyPath the file of the private key in PEM (PKCS#8); null for the certificate's file
 * @param keyPassword the password of the private key; null for that of the key store, or none
 * @param hostnameValidation whether the server's certificate must contain the server's name
 */
public record TlsConfig(
    String prefix,
    @Nullable String truststorePath,
    @Nullable Password truststorePassword,
    @Nullable String keystorePath,
    @Nullable Password keystorePassword,
    @Nullable String keyPath,
    @Nullable Password keyPassword,
    boolean hostnameValidation) {

  public static final String ENABLED = "enabled";
  public static final String TRUSTSTORE_LOCATION = "truststore.location";
  public static final String TRUSTSTORE_PASSWORD = "truststore.password";
  public static final String KEYSTORE_LOCATION = "keystore.location";
  public static final String KEYSTORE_PASSWORD = "keystore.password";
  public static final String KEY_LOCATION = "key.location";
  public static final String KEY_PASSWORD = "key.password";
  public static final String HOSTNAME_VALIDATION = "hostname.validation";

  /** The full name of one of the settings above. */
  public String setting(String name) {
    return prefix + name;
  }
}
