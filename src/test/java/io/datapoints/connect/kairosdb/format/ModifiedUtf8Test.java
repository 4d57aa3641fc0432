package io.datapoints.connect.kairosdb.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.Awkward;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ModifiedUtf8Test {

  @Test
  void writesWhatTheJdkWrites() throws IOException {
    for (int seed = 0; seed < 5000; seed++) {
      String text = new Awkward(seed).anyChars(60);

      byte[] expected = writtenByTheJdk(text);

      byte[] bytes = new byte[3 + ModifiedUtf8.encodedLength(text)];
      int end = ModifiedUtf8.encode(text, bytes, 3);
      assertThat(end).as("seed %d", seed).isEqualTo(bytes.length);
      assertThat(bytes).as("seed %d", seed).endsWith(expected);
      assertThat(expected).as("seed %d", seed).hasSize(bytes.length - 3);
      assertThat(KairosFormatReader.modifiedUtf8(bytes, 3)).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void writesEveryCharAsTheJdkDoes() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int from = 0; from <= Character.MAX_VALUE; from += 4096) {
      all.setLength(0);
      for (int c = from; c < from + 4096; c++) {
        all.append((char) c);
      }
      String text = all.toString();
      byte[] bytes = new byte[ModifiedUtf8.encodedLength(text)];
      ModifiedUtf8.encode(text, bytes, 0);
      assertThat(bytes).as("from %x", from).isEqualTo(writtenByTheJdk(text));
    }
  }

  private static byte[] writtenByTheJdk(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeUTF(text);
    byte[] withLength = bytes.toByteArray();
    return Arrays.copyOfRange(withLength, 2, withLength.length);
  }
}
