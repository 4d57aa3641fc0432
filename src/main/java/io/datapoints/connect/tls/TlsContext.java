package io.datapoints.connect.tls;

import io.datapoints.connect.config.setting.TlsConfig;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Makes a TLS context. It keeps what it read: files that are renewed later need another one. */
public final class TlsContext {

  private TlsContext() {}

  /**
   * Reads the files; blocks.
   *
   * @throws TlsException naming the setting at fault, never a password
   */
  public static SSLContext of(TlsConfig tls) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(Identity.of(tls), Trust.of(tls), null);
      return context;
    } catch (GeneralSecurityException e) {
      String setting = tls.setting(TlsConfig.ENABLED);
      throw new TlsException(setting, "the files behind " + setting + " make no TLS context", e);
    }
  }
}
