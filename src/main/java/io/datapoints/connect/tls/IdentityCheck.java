package io.datapoints.connect.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says of a client's certificate what a server would only hint at: that it has expired, or that the
 * key is another one's.
 *
 * @param setting the whole name of the setting that names its file
 */
record IdentityCheck(String setting) {

  private static final byte[] PROBE = {1};

  /** How keys sign, by their kind. Of other kinds the handshake has to tell. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  /**
   * Takes the entries out that no server would take, so that none of them is shown. The file keeps
   * them.
   *
   * @throws TlsException if no other entry with a key is left
   */
  void keepSound(KeyStore store, char[] password) throws GeneralSecurityException {
    TlsException last =
        new TlsException(setting, "the file of " + setting + " holds no private key", null);
    boolean sound = false;
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, password) instanceof PrivateKey key) {
        Optional<TlsException> fault = fault(store.getCertificate(alias), key);
        if (fault.isPresent()) {
          last = fault.get();
          store.deleteEntry(alias);
        } else {
          sound = true;
        }
      }
    }
    if (!sound) {
      throw last;
    }
  }

  private Optional<TlsException> fault(@Nullable Certificate shown, PrivateKey key)
      throws GeneralSecurityException {
    if (!(shown instanceof X509Certificate certificate)) {
      return fault("the file of " + setting + " holds a private key without a certificate", null);
    }
    if (!belong(certificate.getPublicKey(), key)) {
      return fault("the private key does not belong to the certificate of " + setting, null);
    }
    try {
      certificate.checkValidity();
      return Optional.empty();
    } catch (CertificateExpiredException e) {
      return fault(
          "the certificate of " + setting + " expired at " + certificate.getNotAfter().toInstant(),
          e);
    } catch (CertificateNotYetValidException e) {
      return fault(
          "the certificate of %s is not valid before %s"
              .formatted(setting, certificate.getNotBefore().toInstant()),
          e);
    }
  }

  private Optional<TlsException> fault(String message, @Nullable Exception cause) {
    return Optional.of(new TlsException(setting, message, cause));
  }

  /** Whether the one verifies what the other signs. */
  private static boolean belong(PublicKey certified, PrivateKey key)
      throws GeneralSecurityException {
    if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    String algorithm = SIGNATURES.get(key.getAlgorithm());
    if (algorithm == null) {
      return true;
    }
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(PROBE);
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(certified);
    verifying.update(PROBE);
    try {
      return verifying.verify(signing.sign());
    } catch (SignatureException e) {
      // Keys of different sizes.
      return false;
    }
  }
}
