package io.datapoints.connect.http.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  /** Of the password "secret", by Python's hashlib. */
  private static final String ELSEWHERE =
      "ann:pbkdf2-sha256:1000:c2FsdHNhbHQ=:hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ=";

  @TempDir private Path directory;
  private Path file = Path.of("");
  private Passwords passwords = new Passwords("the.property", Path.of("none"), Thread::new);

  @BeforeEach
  void file() throws IOException {
    file = directory.resolve("passwords");
    write(ClientFiles.password("ann", "secret") + ClientFiles.password("bob", "other"));
    passwords = new Passwords("the.property", file, Thread::new);
    passwords.load();
  }

  @AfterEach
  void close() {
    passwords.close();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private CompletableFuture<Verdict> ask(String name, String password) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    String pair = name + ":" + password;
    passwords.check(Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)), verdict::complete);
    return verdict;
  }

  private Verdict verdict(String name, String password) throws Exception {
    return ask(name, password).get(60, TimeUnit.SECONDS);
  }

  @Test
  void aClientIsAdmittedByItsOwnPassword() throws Exception {
    assertThat(verdict("ann", "secret")).isEqualTo(Verdict.ADMITTED);
    assertThat(verdict("bob", "other")).isEqualTo(Verdict.ADMITTED);
    assertThat(verdict("ann", "other")).isEqualTo(Verdict.REFUSED);
    assertThat(verdict("ann", "")).isEqualTo(Verdict.REFUSED);
    assertThat(verdict("nobody", "secret")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void aKnownClientCostsNoStretching() throws Exception {
    assertThat(verdict("ann", "secret")).isEqualTo(Verdict.ADMITTED);
    long stretched = passwords.stretchedCount();

    CompletableFuture<Verdict> again = ask("ann", "secret");

    assertThat(again).isCompletedWithValue(Verdict.ADMITTED);
    assertThat(passwords.stretchedCount()).isEqualTo(stretched);
    assertThat(verdict("ann", "wrong")).isEqualTo(Verdict.REFUSED);
    assertThat(ask("ann", "secret")).isCompletedWithValue(Verdict.ADMITTED);
  }

  @Test
  void afterTheFileIsReadAgainOnlyThatCounts() throws Exception {
    assertThat(verdict("ann", "secret")).isEqualTo(Verdict.ADMITTED);

    write(ClientFiles.password("ann", "newer"));
    passwords.load();

    assertThat(verdict("ann", "secret")).isEqualTo(Verdict.REFUSED);
    assertThat(verdict("ann", "newer")).isEqualTo(Verdict.ADMITTED);
    assertThat(verdict("bob", "other")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void aFileThatCannotBeReadChangesNothing() throws Exception {
    write("ann");

    assertThatThrownBy(passwords::load).isInstanceOf(ConfigException.class);
    assertThat(verdict("ann", "secret")).isEqualTo(Verdict.ADMITTED);
  }

  @Test
  void passwordsThatWaitAreBounded() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    passwords.close();
    passwords =
        new Passwords(
            "the.property",
            file,
            work ->
                new Thread(
                    () -> {
                      try {
                        stuck.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      work.run();
                    }));
    passwords.load();
    List<CompletableFuture<Verdict>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(ask("ann", "wrong"));
    }

    assertThat(all).filteredOn(CompletableFuture::isDone).isNotEmpty();
    assertThat(all.get(99)).isCompletedWithValue(Verdict.BUSY);
    stuck.countDown();
    assertThat(all.get(0).get(60, TimeUnit.SECONDS)).isEqualTo(Verdict.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann",
        ":pbkdf2-sha256:1000:c2FsdHNhbHQ=:c2FsdHNhbHRzYWx0c2FsdHNhbHQ=",
        "ann:plain:secret",
        "ann:pbkdf2-sha256:999:c2FsdHNhbHQ=:c2FsdHNhbHRzYWx0c2FsdHNhbHQ=",
        "ann:pbkdf2-sha256:9999999:c2FsdHNhbHQ=:c2FsdHNhbHRzYWx0c2FsdHNhbHQ=",
        "ann:pbkdf2-sha256:x:c2FsdHNhbHQ=:c2FsdHNhbHRzYWx0c2FsdHNhbHQ=",
        "ann:pbkdf2-sha256:1000:c2E=:c2FsdHNhbHRzYWx0c2FsdHNhbHQ=",
        "ann:pbkdf2-sha256:1000:c2FsdHNhbHQ=:c2E=",
        "ann:pbkdf2-sha256:1000:***:c2FsdHNhbHRzYWx0c2FsdHNhbHQ="
      })
  void badLinesAreRefusedByTheirNumberAndNotRepeated(String line) throws Exception {
    write("# comment\n\n" + line);

    assertThatThrownBy(passwords::load)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 3 of the file of the.property")
        .hasMessageNotContaining("c2FsdHNhbHRzYWx0");
  }

  @Test
  void filesWithoutClientsOrWithoutEndAreRefused() throws Exception {
    write("# nobody\n");
    assertThatThrownBy(passwords::load).hasMessageContaining("names no client");
    write("#".repeat((1 << 20) + 1));
    assertThatThrownBy(passwords::load).hasMessageContaining("bytes");
    write(ClientFiles.password("ann", "a") + ClientFiles.password("ann", "b"));
    assertThatThrownBy(passwords::load).hasMessageContaining("a second time");
    Files.delete(file);
    assertThatThrownBy(passwords::load).hasMessageContaining("the.property");
  }

  @Test
  void aHashOfAnotherProgramIsTheSame() throws Exception {
    write(ELSEWHERE);
    passwords.load();

    assertThat(verdict("ann", "secret")).isEqualTo(Verdict.ADMITTED);
  }
}
