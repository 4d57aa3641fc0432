package io.datapoints.connect.tls;

import static io.datapoints.connect.config.setting.TlsConfig.KEYSTORE_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.KEYSTORE_PASSWORD;
import static io.datapoints.connect.config.setting.TlsConfig.KEY_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.KEY_PASSWORD;

import io.datapoints.connect.config.setting.TlsConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** The client's certificate and private key, from the files that the settings name. */
final class Identity {

  /** Of a key store that lives in memory for as long as it takes to make a context. */
  private static final char[] IN_MEMORY = "in memory".toCharArray();

  private final TlsConfig tls;
  private final StoreFile file;

  private Identity(TlsConfig tls, StoreFile file) {
    this.tls = tls;
    this.file = file;
  }

  /**
   * Null for none.
   *
   * @throws TlsException naming the setting at fault
   */
  static KeyManager @Nullable [] of(TlsConfig tls) throws GeneralSecurityException {
    String path = tls.keystorePath();
    if (path == null) {
      return null;
    }
    StoreFile file = StoreFile.of(tls.setting(KEYSTORE_LOCATION), path);
    Identity identity = new Identity(tls, file);
    return file.isPem() ? identity.fromPem() : identity.fromKeyStore();
  }

  private KeyManager[] fromKeyStore() throws GeneralSecurityException {
    String keySetting = tls.setting(KEY_LOCATION);
    if (tls.keyPath() != null) {
      throw new TlsException(
          keySetting,
          keySetting + " is set, but the file of " + file.setting() + " holds its key itself",
          null);
    }
    Password storePassword = tls.keystorePassword();
    Password keyPassword = tls.keyPassword() == null ? storePassword : tls.keyPassword();
    KeyStore store = file.open(tls.setting(KEYSTORE_PASSWORD), storePassword);
    char[] password = keyPassword == null ? new char[0] : keyPassword.value().toCharArray();
    try {
      return managers(store, password);
    } catch (UnrecoverableKeyException e) {
      String setting = tls.setting(tls.keyPassword() == null ? KEYSTORE_PASSWORD : KEY_PASSWORD);
      throw new TlsException(
          setting, setting + " does not open the private key in " + file.setting(), e);
    }
  }

  private KeyManager[] fromPem() throws GeneralSecurityException {
    String passwordSetting = tls.setting(KEYSTORE_PASSWORD);
    if (tls.keystorePassword() != null) {
      throw new TlsException(
          passwordSetting,
          "%s is set, and a PEM file has none; an encrypted key has %s"
              .formatted(passwordSetting, tls.setting(KEY_PASSWORD)),
          null);
    }
    try {
      X509Certificate[] chain = PemReader.chain(file.file());
      return managers(PemReader.identity(chain, key(), IN_MEMORY), IN_MEMORY);
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsException(
          file.setting(), "the file of " + file.setting() + " holds no certificate in PEM", e);
    }
  }

  private PrivateKey key() {
    String path = tls.keyPath();
    StoreFile holder = path == null ? file : StoreFile.of(tls.setting(KEY_LOCATION), path);
    Password password = tls.keyPassword();
    String passwordSetting = tls.setting(KEY_PASSWORD);
    if (!holder.hasKey()) {
      throw new TlsException(
          tls.setting(KEY_LOCATION),
          path == null
              ? "%s is missing: the file of %s holds no private key"
                  .formatted(tls.setting(KEY_LOCATION), file.setting())
              : "the file of " + holder.setting() + " holds no private key in PEM",
          null);
    }
    if (holder.hasEncryptedKey() && password == null) {
      throw new TlsException(
          passwordSetting, passwordSetting + " is missing: the private key is encrypted", null);
    }
    try {
      return PemReader.key(
          holder.file(), holder.hasEncryptedKey() && password != null ? password.value() : null);
    } catch (IOException | GeneralSecurityException e) {
      throw holder.hasEncryptedKey()
          ? new TlsException(
              passwordSetting,
              passwordSetting + " does not open the private key in " + holder.setting(),
              e)
          : new TlsException(
              holder.setting(),
              "the private key in " + holder.setting() + " is not in PKCS#8, or neither RSA nor EC",
              e);
    }
  }

  private KeyManager[] managers(KeyStore store, char[] password) throws GeneralSecurityException {
    new IdentityCheck(file.setting()).keepSound(store, password);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}
