package io.datapoints.connect.tls;

import io.netty.handler.ssl.SslContext;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Netty's readers of PEM files, which it opens to subclasses alone. There is never an instance. */
abstract class PemReader extends SslContext {

  private PemReader() {}

  /** The certificates to trust, each under a number. */
  static KeyStore authorities(File file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate each : toX509Certificates(file)) {
      store.setCertificateEntry(Integer.toString(number++), each);
    }
    return store;
  }

  /** A certificate followed by its chain. */
  static X509Certificate[] chain(File file) throws GeneralSecurityException {
    return toX509Certificates(file);
  }

  /**
   * A private key in PKCS#8.
   *
   * @param password null for one that is not encrypted
   */
  static PrivateKey key(File file, @Nullable String password)
      throws GeneralSecurityException, IOException {
    return toPrivateKey(file, password);
  }

  /** A key store in memory with this one entry, under this password. */
  static KeyStore identity(X509Certificate[] chain, PrivateKey key, char[] password)
      throws GeneralSecurityException, IOException {
    return buildKeyStore(chain, key, password, null);
  }
}
