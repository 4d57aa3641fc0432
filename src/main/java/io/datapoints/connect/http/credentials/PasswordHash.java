package io.datapoints.connect.http.credentials;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as its file has it: stretched by PBKDF2 with HMAC-SHA-256, so that the file does not
 * give it away. To compare with it takes as long as it has iterations, up to a second.
 */
final class PasswordHash {

  private static final String SCHEME = "pbkdf2-sha256";
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int MIN_ITERATIONS = 1_000;
  private static final int MAX_ITERATIONS = 2_000_000;
  private static final int MIN_SALT_BYTES = 8;
  private static final int MIN_HASH_BYTES = 20;
  private static final int MAX_BYTES = 64;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Of a client that there is not, which must not be told apart by the time of an answer. */
  static PasswordHash ofNobody(int iterations) {
    return new PasswordHash(iterations, new byte[16], new byte[32]);
  }

  /**
   * Reads {@code pbkdf2-sha256:iterations:salt:hash}.
   *
   * @throws IllegalArgumentException with a reason that does not repeat it
   */
  static PasswordHash parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 4 || !parts[0].equals(SCHEME)) {
      throw new IllegalArgumentException(
          "is not name:" + SCHEME + ":iterations:salt:hash, with salt and hash in Base64");
    }
    return new PasswordHash(
        iterations(parts[1]),
        bytes(parts[2], "salt", MIN_SALT_BYTES),
        bytes(parts[3], "hash", MIN_HASH_BYTES));
  }

  private static int iterations(String text) {
    try {
      int iterations = Integer.parseInt(text);
      if (iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS) {
        return iterations;
      }
    } catch (NumberFormatException none) {
      // As one out of bounds.
    }
    throw new IllegalArgumentException(
        "has no number of iterations between " + MIN_ITERATIONS + " and " + MAX_ITERATIONS);
  }

  private static byte[] bytes(String text, String part, int least) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has a " + part + " that is not in Base64", e);
    }
    if (bytes.length < least || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "has a " + part + " that is not between " + least + " and " + MAX_BYTES + " bytes long");
    }
    return bytes;
  }

  /** How often the password was hashed. */
  int iterations() {
    return iterations;
  }

  /** Whether it is that of this password. Takes time. */
  boolean matches(char[] password) {
    if (password.length == 0) {
      return false;
    }
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, hash.length * Byte.SIZE);
    try {
      byte[] derived = SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
      return MessageDigest.isEqual(derived, hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is not in this JVM", e);
    } finally {
      spec.clearPassword();
    }
  }
}
