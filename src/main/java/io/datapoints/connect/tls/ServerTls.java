package io.datapoints.connect.tls;

import io.datapoints.connect.config.setting.TlsConfig;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;

/**
 * What a server speaks TLS with. It keeps what it read: files that are renewed later need another
 * one.
 *
 * @param context with the server's certificate, and with the authorities of its clients
 * @param expires when the first certificate of the server's chains ends to be valid
 */
public record ServerTls(SSLContext context, Instant expires) {

  /** The kinds of keys that a certificate may be for. */
  private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

  /**
   * Reads the files; blocks.
   *
   * @throws TlsException naming the setting at fault, never a password
   */
  public static ServerTls of(TlsConfig tls) {
    String setting = tls.setting(TlsConfig.KEYSTORE_LOCATION);
    try {
      KeyManager[] identity = Identity.of(tls);
      if (identity == null) {
        throw new TlsException(setting, setting + " is missing", null);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity, Trust.of(tls), null);
      return new ServerTls(context, firstEnd(identity));
    } catch (GeneralSecurityException e) {
      throw new TlsException(setting, "the file of " + setting + " makes no TLS context", e);
    }
  }

  private static Instant firstEnd(KeyManager[] identity) {
    Instant first = Instant.MAX;
    for (KeyManager manager : identity) {
      if (manager instanceof X509KeyManager keys) {
        for (String kind : KINDS) {
          String[] aliases = keys.getServerAliases(kind, null);
          for (String alias : aliases == null ? new String[0] : aliases) {
            for (X509Certificate each : keys.getCertificateChain(alias)) {
              Instant end = each.getNotAfter().toInstant();
              first = end.isBefore(first) ? end : first;
            }
          }
        }
      }
    }
    return first;
  }
}
