package io.datapoints.connect.http.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

  @TempDir private Path directory;

  private Tokens tokens(String text) throws IOException {
    Path file = directory.resolve("tokens");
    Files.writeString(file, text);
    Tokens tokens = new Tokens("the.property", file);
    tokens.load();
    return tokens;
  }

  @Test
  void aTokenIsKnownByItsHash() throws IOException {
    Tokens tokens = tokens(ClientFiles.token("a", "one") + ClientFiles.token("b", "two"));

    assertThat(tokens.check("one")).isEqualTo(Verdict.ADMITTED);
    assertThat(tokens.check(" two ")).isEqualTo(Verdict.ADMITTED);
    assertThat(tokens.check("three")).isEqualTo(Verdict.REFUSED);
    assertThat(tokens.check("")).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void whatIsReadAgainReplacesAllTokens() throws IOException {
    Tokens tokens = tokens(ClientFiles.token("a", "one"));

    Files.writeString(directory.resolve("tokens"), ClientFiles.token("a", "two"));
    tokens.load();

    assertThat(tokens.check("one")).isEqualTo(Verdict.REFUSED);
    assertThat(tokens.check("two")).isEqualTo(Verdict.ADMITTED);
  }

  @Test
  void aTokenInPlainTextIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> tokens("a:secret"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 1 of the file of the.property")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> tokens("a:00ff")).hasMessageContaining("32 bytes");
  }
}
