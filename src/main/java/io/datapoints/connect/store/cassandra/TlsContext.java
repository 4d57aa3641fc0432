package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.config.CassandraConfig;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The TLS context of a session, from key stores in a format that the JVM recognises (PKCS12 or
 * JKS). Built anew for each attempt to connect, so that renewed certificates are picked up.
 */
final class TlsContext {

  private TlsContext() {}

  /**
   * @throws OpenException naming the file that cannot be read or opened with its password
   */
  static SSLContext of(CassandraConfig.Ssl ssl) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyManagers(ssl.keystorePath(), ssl.keystorePassword()),
          trustManagers(ssl.truststorePath(), ssl.truststorePassword()),
          new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw OpenException.fatal("the key stores do not make a TLS context", e);
    }
  }

  private static KeyManager @Nullable [] keyManagers(
      @Nullable String path, @Nullable Password password) throws GeneralSecurityException {
    if (path == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(load(path, password), characters(password));
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trustManagers(
      @Nullable String path, @Nullable Password password) throws GeneralSecurityException {
    if (path == null) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(load(path, password));
    return factory.getTrustManagers();
  }

  private static KeyStore load(String path, @Nullable Password password)
      throws GeneralSecurityException {
    try {
      return KeyStore.getInstance(new File(path), characters(password));
    } catch (IOException | IllegalArgumentException e) {
      throw OpenException.fatal("cannot open the key store " + path, e);
    }
  }

  private static char @Nullable [] characters(@Nullable Password password) {
    return password == null ? null : password.value().toCharArray();
  }
}
