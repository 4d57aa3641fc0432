package io.datapoints.connect.kit;

import io.datapoints.connect.kit.Authority.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * Certificates and keys as the files that people have them in.
 *
 * @param directory where they are written
 */
public record CertificateFiles(Path directory) {

  private static final String MEMORY = "in memory";

  /** PEM with whatever it is given: certificates, and keys in PKCS#8 or as they are. */
  public Path pem(String name, Object... contents) {
    Path file = directory.resolve(name);
    try (Writer writer = Files.newBufferedWriter(file);
        JcaPEMWriter pem = new JcaPEMWriter(writer)) {
      for (Object each : contents) {
        pem.writeObject(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A key as {@link #pem} writes it in PKCS#8. */
  public static Object pkcs8(PrivateKey key) {
    try {
      return new JcaPKCS8Generator(key, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key as {@link #pem} writes it in PKCS#8, encrypted. */
  public static Object pkcs8(PrivateKey key, String password) {
    try {
      return new JcaPKCS8Generator(
          key,
          new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
              .setPRF(PKCS8Generator.PRF_HMACSHA256)
              .setProvider(new BouncyCastleProvider())
              .setPassword(password.toCharArray())
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key store with a certificate, its authority and its key. */
  public Path keyStore(
      String name, String type, String password, Identity identity, Authority authority) {
    return keyStore(name, type, password, password, identity, authority);
  }

  /** With a password of its own for the key. */
  public Path keyStore(
      String name,
      String type,
      String password,
      String keyPassword,
      Identity identity,
      Authority authority) {
    try {
      KeyStore store = empty(type);
      store.setKeyEntry(
          "own", identity.key(), keyPassword.toCharArray(), chain(identity, authority));
      return write(name, store, password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key store with several certificates and their keys, in this order. */
  public Path keyStore(
      String name, String type, String password, List<Identity> identities, Authority authority) {
    try {
      KeyStore store = empty(type);
      for (int number = 0; number < identities.size(); number++) {
        Identity each = identities.get(number);
        store.setKeyEntry(
            "own-" + number, each.key(), password.toCharArray(), chain(each, authority));
      }
      return write(name, store, password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key store with an authority to trust. */
  public Path trustStore(String name, String type, String password, Authority authority) {
    return write(name, trusting(type, authority), password);
  }

  /** The context of a server, or of a client with a certificate. */
  public static SSLContext context(Identity identity, Authority trusted) {
    try {
      KeyStore store = empty("PKCS12");
      store.setKeyEntry("own", identity.key(), MEMORY.toCharArray(), chain(identity, trusted));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, MEMORY.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusting("PKCS12", trusted));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Certificate[] chain(Identity identity, Authority authority) {
    return new Certificate[] {identity.certificate(), authority.certificate()};
  }

  private static KeyStore trusting(String type, Authority authority) {
    try {
      KeyStore store = empty(type);
      store.setCertificateEntry("authority", authority.certificate());
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore empty(String type) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, KeyStore store, String password) {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }
}
