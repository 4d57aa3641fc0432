package io.datapoints.connect.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;

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
   * @throws TlsException unless every key has a certificate of its own that is valid now
   */
  void check(KeyStore store, char[] password) throws GeneralSecurityException {
    boolean empty = true;
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, password) instanceof PrivateKey key) {
        check(certificate(store, alias), key);
        empty = false;
      }
    }
    if (empty) {
      throw new TlsException(setting, "the file of " + setting + " holds no private key", null);
    }
  }

  private X509Certificate certificate(KeyStore store, String alias) throws KeyStoreException {
    if (store.getCertificate(alias) instanceof X509Certificate certificate) {
      return certificate;
    }
    throw new TlsException(
        setting, "the file of " + setting + " holds a private key without a certificate", null);
  }

  private void check(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
    if (!belong(certificate.getPublicKey(), key)) {
      throw new TlsException(
          setting, "the private key does not belong to the certificate of " + setting, null);
    }
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new TlsException(
          setting,
          "the certificate of " + setting + " expired at " + certificate.getNotAfter().toInstant(),
          e);
    } catch (CertificateNotYetValidException e) {
      throw new TlsException(
          setting,
          "the certificate of "
              + setting
              + " is not valid before "
              + certificate.getNotBefore().toInstant(),
          e);
    }
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
