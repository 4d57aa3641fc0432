package io.datapoints.connect.http.credentials;

import io.datapoints.connect.config.door.AuthenticationConfig;
import io.datapoints.connect.config.door.AuthenticationConfig.Scheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells who may write. A client needs one of the schemes that the settings name; without a scheme
 * anybody may. Thread safe.
 */
public final class Authenticator implements AutoCloseable {

  private static final String REALM = "kafka-connect-datapoints";

  private final Set<Scheme> schemes;
  private final @Nullable Passwords passwords;
  private final @Nullable Tokens tokens;
  private final List<Source> sources;
  private final List<String> challenges;

  /**
   * A file with clients.
   *
   * @param load reads it; throws a ConfigException naming the property, and changes nothing then
   */
  public record Source(Path path, Runnable load) {}

  /**
   * Reads nothing yet: see {@link #sources}.
   *
   * @param threads make the thread that checks passwords
   */
  public Authenticator(AuthenticationConfig config, ThreadFactory threads) {
    this.schemes = config.schemes();
    List<Source> files = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    Path passwordFile = config.passwordFile();
    Passwords read = null;
    if (passwordFile != null) {
      read = new Passwords(AuthenticationConfig.BASIC_FILE, passwordFile, threads);
      files.add(new Source(passwordFile, read::load));
      answers.add("Basic realm=\"" + REALM + "\", charset=\"UTF-8\"");
    }
    this.passwords = read;
    Path tokenFile = config.tokenFile();
    this.tokens =
        tokenFile == null ? null : new Tokens(AuthenticationConfig.BEARER_FILE, tokenFile);
    if (tokenFile != null && tokens != null) {
      files.add(new Source(tokenFile, tokens::load));
      answers.add("Bearer realm=\"" + REALM + "\"");
    }
    this.sources = List.copyOf(files);
    this.challenges = List.copyOf(answers);
  }

  /** The files to load before the first check, and again when they change. */
  public List<Source> sources() {
    return sources;
  }

  /** What a client is told that came without. */
  public List<String> challenges() {
    return challenges;
  }

  /** Whether anybody may write. */
  public boolean isOpen() {
    return schemes.isEmpty();
  }

  /**
   * Tells whether a client may write.
   *
   * @param authorization the header of that name, null for none
   * @param certified whether the connection has a certificate of the client's that is trusted
   * @param then called once, at once or on the thread that checks passwords
   */
  public void check(@Nullable String authorization, boolean certified, Consumer<Verdict> then) {
    if (isOpen() || (certified && schemes.contains(Scheme.MTLS))) {
      then.accept(Verdict.ADMITTED);
      return;
    }
    String given = authorization == null ? "" : authorization.trim();
    int space = given.indexOf(' ');
    String scheme = space < 0 ? "" : given.substring(0, space).toLowerCase(Locale.ROOT);
    String credentials = given.substring(space + 1);
    if (scheme.equals("basic") && passwords != null) {
      passwords.check(credentials, then);
    } else if (scheme.equals("bearer") && tokens != null) {
      then.accept(tokens.check(credentials));
    } else {
      then.accept(Verdict.REFUSED);
    }
  }

  @Override
  public void close() {
    if (passwords != null) {
      passwords.close();
    }
  }
}
