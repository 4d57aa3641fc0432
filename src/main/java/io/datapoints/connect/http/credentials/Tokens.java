package io.datapoints.connect.http.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tokens, of which the file has only the SHA-256: they are long and random, so that nothing slower
 * is needed. They are looked up by that hash, which tells nothing to whoever measures the time: he
 * cannot choose hashes, only what is hashed.
 */
final class Tokens {

  private static final String DIGEST = "SHA-256";
  private static final int HASH_BYTES = 32;

  /** No token is so long; a header may be. */
  private static final int MAX_LENGTH = 4_096;

  private final CredentialFile file;
  private volatile Set<ByteBuffer> hashes = Set.of();

  Tokens(String setting, Path path) {
    this.file = new CredentialFile(setting, path);
  }

  /** Reads the file; what was there before stays if that fails. */
  void load() {
    Map<String, ByteBuffer> read = file.read(Tokens::parse);
    hashes = read.values().stream().collect(Collectors.toUnmodifiableSet());
  }

  private static ByteBuffer parse(String text) {
    byte[] hash;
    try {
      hash = HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has no hash in hexadecimal", e);
    }
    if (hash.length != HASH_BYTES) {
      throw new IllegalArgumentException("has a hash that is not " + HASH_BYTES + " bytes long");
    }
    return ByteBuffer.wrap(hash).asReadOnlyBuffer();
  }

  Verdict check(String token) {
    if (token.length() > MAX_LENGTH) {
      return Verdict.REFUSED;
    }
    return hashes.contains(ByteBuffer.wrap(hash(token.trim())))
        ? Verdict.ADMITTED
        : Verdict.REFUSED;
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance(DIGEST).digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(DIGEST + " is not in this JVM", e);
    }
  }
}
