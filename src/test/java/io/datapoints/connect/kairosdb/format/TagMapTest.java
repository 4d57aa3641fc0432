package io.datapoints.connect.kairosdb.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.datapoints.connect.model.Tags;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The map of tags as the driver would encode it, in the order of its bytes. */
class TagMapTest {

  @Test
  void tagsComeInTheOrderOfTheirBytesAndNotOfTheirCharacters() {
    // As characters, the surrogates of U+1F600 come before U+FF5E.
    Map<String, String> byBytes = new LinkedHashMap<>();
    byBytes.put("a", "1");
    byBytes.put("\u00E9", "2");
    byBytes.put("\uFF5E", "3");
    byBytes.put("\uD83D\uDE00", "4");
    ByteBuffer expected =
        TypeCodecs.mapOf(TypeCodecs.TEXT, TypeCodecs.TEXT).encode(byBytes, ProtocolVersion.DEFAULT);
    assertThat(TagMap.encode(Tags.of(byBytes))).isEqualTo(expected);
  }

  @Test
  void noTagsAreAnEmptyMap() {
    assertThat(TagMap.encode(Tags.of(Map.of()))).isEqualTo(ByteBuffer.allocate(4));
  }
}
