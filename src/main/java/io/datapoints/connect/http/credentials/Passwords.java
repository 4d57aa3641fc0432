package io.datapoints.connect.http.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names and passwords. A stretched password costs a good part of a second, which no request may
 * cost: each client keeps a digest, under a key of this process, of the password that it last came
 * with and that was right, and with the same one again it is admitted at once. There are no more of
 * these than lines in the file, and they go when the file is read again. All other passwords are
 * stretched by one thread, whose queue is bounded: whoever sends wrong ones gets no more than that
 * thread, and clients known before do not wait for it.
 */
final class Passwords implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Passwords.class);

  private static final int MAX_WAITING = 64;
  private static final String DIGEST = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  /** Where the file has no client to take the number from. */
  private static final int ITERATIONS_OF_NOBODY = 100_000;

  private final CredentialFile file;
  private final SecretKeySpec key;
  private final ThreadPoolExecutor stretching;
  private volatile Map<String, Client> clients = Map.of();
  private volatile PasswordHash nobody = PasswordHash.ofNobody(ITERATIONS_OF_NOBODY);

  private static final class Client {

    private final PasswordHash hash;
    private volatile byte @Nullable [] verified;

    Client(PasswordHash hash) {
      this.hash = hash;
    }
  }

  Passwords(String setting, Path path, ThreadFactory threads) {
    this.file = new CredentialFile(setting, path);
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, DIGEST);
    this.stretching =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_WAITING), threads);
    stretching.allowCoreThreadTimeOut(true);
  }

  /** Reads the file; what was there before stays if that fails. */
  void load() {
    Map<String, Client> read = file.read(text -> new Client(PasswordHash.parse(text)));
    nobody =
        PasswordHash.ofNobody(
            read.values().stream().mapToInt(each -> each.hash.iterations()).max().orElseThrow());
    clients = read;
  }

  /**
   * Tells whether there is such a client: at once for one known before, or later on the thread for
   * passwords.
   *
   * @param encoded name, colon and password in UTF-8 and Base64
   */
  void check(String encoded, Consumer<Verdict> then) {
    String plain;
    try {
      plain = new String(Base64.getDecoder().decode(encoded.trim()), UTF_8);
    } catch (IllegalArgumentException e) {
      then.accept(Verdict.REFUSED);
      return;
    }
    int colon = plain.indexOf(':');
    if (colon < 0) {
      then.accept(Verdict.REFUSED);
      return;
    }
    Client client = clients.get(plain.substring(0, colon));
    String password = plain.substring(colon + 1);
    byte[] digest = digest(password);
    byte[] verified = client == null ? null : client.verified;
    if (verified != null && MessageDigest.isEqual(verified, digest)) {
      then.accept(Verdict.ADMITTED);
      return;
    }
    try {
      stretching.execute(() -> then.accept(stretched(client, password, digest)));
    } catch (RejectedExecutionException full) {
      then.accept(Verdict.BUSY);
    }
  }

  private Verdict stretched(@Nullable Client client, String password, byte[] digest) {
    try {
      PasswordHash hash = client == null ? nobody : client.hash;
      if (hash.matches(password.toCharArray()) && client != null) {
        client.verified = digest;
        return Verdict.ADMITTED;
      }
    } catch (RuntimeException e) {
      log.error("A password could not be checked: {}", e.getClass().getName());
    }
    return Verdict.REFUSED;
  }

  private byte[] digest(String password) {
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(key);
      return mac.doFinal(password.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(DIGEST + " is not in this JVM", e);
    }
  }

  /** Passwords that were stretched so far, and those that are. */
  long stretchedCount() {
    return stretching.getTaskCount();
  }

  @Override
  public void close() {
    stretching.shutdown();
  }
}
