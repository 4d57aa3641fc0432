package io.datapoints.connect.tls;

import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.model.CauseChain;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What a TLS handshake failed for, as far as that can be told from the exception. */
public enum HandshakeFailure {
  EXPIRED(
      true,
      TlsConfig.TRUSTSTORE_LOCATION,
      "the server's certificate, or that of its authority, has expired; if it was renewed, see %s"),
  NOT_YET_VALID(
      false,
      TlsConfig.TRUSTSTORE_LOCATION,
      "the server's certificate, or that of its authority, is not valid yet; compare the clocks of"
          + " the worker and the server, and if these are right, see %s"),
  UNKNOWN_AUTHORITY(
      true,
      TlsConfig.TRUSTSTORE_LOCATION,
      "the server's certificate is from no authority that is trusted; see %s"),
  WRONG_NAME(
      true,
      TlsConfig.HOSTNAME_VALIDATION,
      "the server's certificate does not carry the name or address by which it was reached; see %s"),
  CERTIFICATE_REFUSED(
      true, TlsConfig.TRUSTSTORE_LOCATION, "the server's certificate is refused; see %s"),
  CLIENT_REFUSED(
      true,
      TlsConfig.KEYSTORE_LOCATION,
      "the server does not take the client's certificate, or misses one; see %s"),
  NOT_ENCRYPTED(false, TlsConfig.ENABLED, "the server does not speak TLS at this port; see %s");

  /**
   * Alerts of TLS that speak of a certificate. The JDK gives them in the text alone; its servers
   * and those on OpenSSL use different ones for the same.
   */
  private static final Pattern ALERTS =
      Pattern.compile(
          "(?i).*received fatal alert: (bad_certificate|certificate_required|certificate_unknown"
              + "|certificate_expired|certificate_revoked|unsupported_certificate|unknown_ca"
              + "|access_denied).*");

  /** How the JDK begins when it compares names. It has no class of its own for that. */
  private static final List<String> NAME_CHECKS =
      List.of("No subject alternative", "No name matching");

  private final boolean forOperator;
  private final String setting;
  private final String text;

  HandshakeFailure(boolean forOperator, String setting, String text) {
    this.forOperator = forOperator;
    this.setting = setting;
    this.text = text;
  }

  /** The failure that this exception, or one behind it, tells of. */
  public static Optional<HandshakeFailure> of(Throwable error) {
    List<Throwable> chain = CauseChain.of(error);
    if (has(chain, CertificateExpiredException.class)) {
      return Optional.of(EXPIRED);
    }
    if (has(chain, CertificateNotYetValidException.class)) {
      return Optional.of(NOT_YET_VALID);
    }
    if (has(chain, CertPathBuilderException.class)
        || has(chain, CertPathValidatorException.class)) {
      return Optional.of(UNKNOWN_AUTHORITY);
    }
    if (chain.stream().anyMatch(HandshakeFailure::comparesNames)) {
      return Optional.of(WRONG_NAME);
    }
    if (has(chain, CertificateException.class)) {
      return Optional.of(CERTIFICATE_REFUSED);
    }
    if (chain.stream().anyMatch(HandshakeFailure::refusesClient)) {
      return Optional.of(CLIENT_REFUSED);
    }
    return chain.stream().anyMatch(HandshakeFailure::isPlain)
        ? Optional.of(NOT_ENCRYPTED)
        : Optional.empty();
  }

  /** Whether it stops a task that starts; a task that runs retries in any case. */
  public boolean forOperator() {
    return forOperator;
  }

  /** The setting to look at. */
  public String setting(TlsConfig tls) {
    return tls.setting(setting);
  }

  /** What is wrong, with the name of that setting. */
  public String message(TlsConfig tls) {
    return text.formatted(setting(tls));
  }

  private static boolean comparesNames(Throwable error) {
    return error instanceof CertificateException
        && NAME_CHECKS.stream().anyMatch(String.valueOf(error.getMessage())::startsWith);
  }

  private static boolean refusesClient(Throwable error) {
    return error instanceof SSLException
        && ALERTS.matcher(String.valueOf(error.getMessage())).matches();
  }

  private static boolean isPlain(Throwable error) {
    return error instanceof NotSslRecordException
        || (error instanceof SSLException
            && String.valueOf(error.getMessage()).contains("unrecognized SSL message"));
  }

  private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
    return chain.stream().anyMatch(type::isInstance);
  }
}
