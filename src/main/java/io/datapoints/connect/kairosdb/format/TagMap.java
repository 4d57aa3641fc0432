package io.datapoints.connect.kairosdb.format;

import io.datapoints.connect.model.Tags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The {@code tags} column of the index tables: a CQL {@code map<text, text>} with its entries in
 * the order of their UTF-8 bytes, which is the order in which the server keeps a map. Old servers
 * keep the client's order, and would take the same tags in another order for another row.
 */
public final class TagMap {

  private TagMap() {}

  /** Entry count, then length and bytes of each key and value; all numbers int32, big endian. */
  public static ByteBuffer encode(Tags tags) {
    byte[][][] entries = new byte[tags.size()][][];
    for (int i = 0; i < tags.size(); i++) {
      entries[i] = new byte[][] {utf8(tags.name(i)), utf8(tags.value(i))};
    }
    Arrays.sort(entries, Comparator.comparing(entry -> entry[0], Arrays::compareUnsigned));
    ByteBuffer map = ByteBuffer.allocate(length(entries));
    map.putInt(entries.length);
    for (byte[][] entry : entries) {
      for (byte[] part : entry) {
        map.putInt(part.length).put(part);
      }
    }
    return map.flip();
  }

  private static int length(byte[][][] entries) {
    int length = Integer.BYTES;
    for (byte[][] entry : entries) {
      length += 2 * Integer.BYTES + entry[0].length + entry[1].length;
    }
    return length;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
