package io.datapoints.connect.config.setting;

import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted connections to a store. All files lie on the worker. A file is PEM if it looks like it,
 * and a key store that the JVM knows (PKCS12, JKS) otherwise.
 *
 * @param prefix what the names of the settings begin with, such as {@code cassandra.ssl.}
 * @param truststorePath the authorities to trust, null for those of the JVM
 * @param keystorePath the client's certificate, in PEM with its chain, null for none
 * @param keyPath the private key in PEM (PKCS#8), null if the key is in the same file
 * @param keyPassword password of the private key, null for that of the key store, or for none
 * @param hostnameValidation whether the server's certificate must carry the server's name
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

  /** The whole name of one of the settings above. */
  public String setting(String name) {
    return prefix + name;
  }
}
