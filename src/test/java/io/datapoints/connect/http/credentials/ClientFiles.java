package io.datapoints.connect.http.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Lines of the files that say who may write. */
public final class ClientFiles {

  private static final int ITERATIONS = 1_000;

  private ClientFiles() {}

  /** A client with a password. */
  public static String password(String name, String password) {
    byte[] salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256))
              .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return "%s:pbkdf2-sha256:%d:%s:%s%n"
          .formatted(name, ITERATIONS, base64.encodeToString(salt), base64.encodeToString(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client with a token. */
  public static String token(String name, String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return "%s:%s%n".formatted(name, HexFormat.of().formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
