package io.datapoints.connect.tls;

import org.jspecify.annotations.Nullable;

/** Files and passwords that do not make a TLS context. The message names the setting at fault. */
public final class TlsException extends RuntimeException {

  private final String setting;

  TlsException(String setting, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.setting = setting;
  }

  /** The whole name of the setting to put right. */
  public String setting() {
    return setting;
  }
}
