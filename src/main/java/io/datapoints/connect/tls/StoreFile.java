package io.datapoints.connect.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * A file that a setting names: PEM, or a key store of the JVM.
 *
 * @param setting the whole name of that setting
 * @param text the beginning of the file, which tells the two apart
 */
record StoreFile(String setting, File file, String text) {

  /** In a PEM file anything may stand before the first certificate, but not that much. */
  private static final int LOOKED_AT = 1 << 20;

  /**
   * @throws TlsException for a file that is not there or cannot be read
   */
  static StoreFile of(String setting, String path) {
    Path file = Path.of(path);
    if (!Files.isRegularFile(file)) {
      throw new TlsException(setting, "the file of " + setting + " is not on this worker", null);
    }
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LOOKED_AT), ISO_8859_1);
      return new StoreFile(setting, file.toFile(), text);
    } catch (IOException e) {
      throw new TlsException(setting, "the worker cannot read the file of " + setting, e);
    }
  }

  boolean isPem() {
    return text.contains("-----BEGIN ");
  }

  boolean hasKey() {
    return text.contains("PRIVATE KEY-----");
  }

  boolean hasEncryptedKey() {
    return text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----");
  }

  /**
   * Opens a key store of the JVM.
   *
   * @param passwordSetting the whole name of the setting of its password
   */
  KeyStore open(String passwordSetting, @Nullable Password password) {
    try {
      return KeyStore.getInstance(file, password == null ? null : password.value().toCharArray());
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new TlsException(
            passwordSetting, passwordSetting + " does not open the file of " + setting, e);
      }
      throw unreadable(e);
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  /** For a file with something else in it than it should have. */
  TlsException unreadable(Exception e) {
    return new TlsException(
        setting, "the file of " + setting + " is neither PEM nor a PKCS12 or JKS key store", e);
  }
}
