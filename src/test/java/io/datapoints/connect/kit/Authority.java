package io.datapoints.connect.kit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates, as good as those of a real authority to whoever trusts it. */
public final class Authority {

  private static final Duration VALIDITY = Duration.ofDays(2);

  private final X500Name name;
  private final KeyPair keys = keys("EC", 256);
  private final X509Certificate certificate;

  /** A certificate with its private key. */
  public record Identity(X509Certificate certificate, PrivateKey key) {}

  /** An authority of this name, with a key of its own. */
  public Authority(String name) {
    this.name = new X500Name("CN=" + name);
    this.certificate =
        signed(
            this.name,
            keys,
            Instant.now().plus(VALIDITY),
            List.of(),
            List.of(),
            new BasicConstraints(true));
  }

  /** What has to be trusted. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** For a server that is reached by this IP address. */
  public Identity server(String address) {
    return server(Duration.ofDays(1), new GeneralName(GeneralName.iPAddress, address));
  }

  /** For a server that is reached by this name. */
  public Identity namedServer(String dnsName) {
    return server(Duration.ofDays(1), new GeneralName(GeneralName.dNSName, dnsName));
  }

  /** For a server whose certificate has run out. */
  public Identity expiredServer(String address) {
    return server(Duration.ofDays(-1), new GeneralName(GeneralName.iPAddress, address));
  }

  /** For a server whose certificate begins to be valid tomorrow. */
  public Identity futureServer(String address) {
    return server(VALIDITY.plusDays(1), new GeneralName(GeneralName.iPAddress, address));
  }

  /**
   * @param ends when the certificate ends to be valid, from now
   */
  private Identity server(Duration ends, GeneralName name) {
    return identity("server", keys("EC", 256), ends, name);
  }

  /** For a server by its address, but with a certificate that is for clients alone. */
  public Identity misusedServer(String address) {
    return identity(
        "server",
        keys("EC", 256),
        Duration.ofDays(1),
        List.of(KeyPurposeId.id_kp_clientAuth),
        new GeneralName(GeneralName.iPAddress, address));
  }

  /** For a client. */
  public Identity client(String user) {
    return identity(user, keys("EC", 256), Duration.ofDays(1));
  }

  /** For a client, with an RSA key. */
  public Identity rsaClient(String user) {
    return identity(user, keys("RSA", 2048), Duration.ofDays(1));
  }

  /** For a client whose certificate has run out. */
  public Identity expiredClient(String user) {
    return identity(user, keys("EC", 256), Duration.ofDays(-1));
  }

  private Identity identity(String subject, KeyPair pair, Duration left, GeneralName... names) {
    return identity(subject, pair, left, List.of(), names);
  }

  private Identity identity(
      String subject,
      KeyPair pair,
      Duration left,
      List<KeyPurposeId> purposes,
      GeneralName... names) {
    X509Certificate issued =
        signed(
            new X500Name("CN=" + subject),
            pair,
            Instant.now().plus(left),
            List.of(names),
            purposes,
            new BasicConstraints(false));
    return new Identity(issued, pair.getPrivate());
  }

  private X509Certificate signed(
      X500Name subject,
      KeyPair pair,
      Instant end,
      List<GeneralName> names,
      List<KeyPurposeId> purposes,
      BasicConstraints constraints) {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(64, new SecureRandom()),
            Date.from(end.minus(VALIDITY)),
            Date.from(end),
            subject,
            pair.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, constraints);
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      if (!purposes.isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
