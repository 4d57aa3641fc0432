package io.datapoints.connect.tls;

import static io.datapoints.connect.config.setting.TlsConfig.TRUSTSTORE_LOCATION;
import static io.datapoints.connect.config.setting.TlsConfig.TRUSTSTORE_PASSWORD;

import io.datapoints.connect.config.setting.TlsConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The authorities that the settings name. */
final class Trust {

  private Trust() {}

  /**
   * Null for those of the JVM.
   *
   * @throws TlsException naming the setting at fault
   */
  static TrustManager @Nullable [] of(TlsConfig tls) throws GeneralSecurityException {
    String path = tls.truststorePath();
    if (path == null) {
      return null;
    }
    String setting = tls.setting(TRUSTSTORE_LOCATION);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(load(tls, StoreFile.of(setting, path)));
    TrustManager[] managers = factory.getTrustManagers();
    if (Arrays.stream(managers).noneMatch(Trust::trustsAnybody)) {
      throw new TlsException(
          setting,
          "the file of %s holds no certificate to trust, or is not opened by %s"
              .formatted(setting, tls.setting(TRUSTSTORE_PASSWORD)),
          null);
    }
    return managers;
  }

  private static KeyStore load(TlsConfig tls, StoreFile file) {
    String passwordSetting = tls.setting(TRUSTSTORE_PASSWORD);
    if (!file.isPem()) {
      return file.open(passwordSetting, tls.truststorePassword());
    }
    if (tls.truststorePassword() != null) {
      throw new TlsException(
          passwordSetting, passwordSetting + " is set, and a PEM file has none", null);
    }
    try {
      return PemReader.authorities(file.file());
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsException(
          file.setting(), "the file of " + file.setting() + " holds no certificate in PEM", e);
    }
  }

  private static boolean trustsAnybody(TrustManager manager) {
    return manager instanceof X509TrustManager trust && trust.getAcceptedIssuers().length > 0;
  }
}
