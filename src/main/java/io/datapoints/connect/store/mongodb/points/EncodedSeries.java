package io.datapoints.connect.store.mongodb.points;

import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bson.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of a series share: the first 16 bytes of their {@code _id}, and the elements
 * {@code metric} (a string) and {@code tags} (a document of strings, in the order of {@link Tags}).
 *
 * <p>The 16 bytes are the first half of the SHA-256 digest of these texts in a row: the metric,
 * then the name and the value of each tag, the tags in the order of their names by UTF-16 code
 * units (Java's and JavaScript's order of strings). Each text is its length in bytes as a 32-bit
 * big-endian number, followed by its UTF-8 bytes; so no two series have the same texts in a row.
 */
final class EncodedSeries {

  private static final Field METRIC = Field.named("metric");
  private static final Field TAGS = Field.named("tags");

  private static final int HEAP_BYTES = 40;

  private final long idHigh;
  private final long idLow;
  private final byte[] elements;
  private final @Nullable String problem;

  private EncodedSeries(long idHigh, long idLow, byte[] elements, @Nullable String problem) {
    this.idHigh = idHigh;
    this.idLow = idLow;
    this.elements = elements;
    this.problem = problem;
  }

  static EncodedSeries of(Series series) {
    String problem = problem(series);
    if (problem != null) {
      return new EncodedSeries(0, 0, new byte[0], problem);
    }
    ByteBuffer digest = ByteBuffer.wrap(digest(series));
    return new EncodedSeries(digest.getLong(), digest.getLong(), elements(series), null);
  }

  /** The first eight bytes of the id, as a big-endian number. */
  long idHigh() {
    return idHigh;
  }

  /** The second eight bytes of the id, as a big-endian number. */
  long idLow() {
    return idLow;
  }

  /** The elements metric and tags; owned by the series and never changed. */
  byte[] elements() {
    return elements;
  }

  /** What it takes of the heap. */
  int heapBytes() {
    return HEAP_BYTES + HeapBytes.ofBytes(elements.length);
  }

  /** Why MongoDB cannot hold the series, or null when it can. */
  @Nullable String problem() {
    return problem;
  }

  /** Orders by the bytes of the id. */
  int compareTo(EncodedSeries that) {
    if (this == that) {
      return 0;
    }
    int order = Long.compareUnsigned(idHigh, that.idHigh);
    return order == 0 ? Long.compareUnsigned(idLow, that.idLow) : order;
  }

  private static @Nullable String problem(Series series) {
    Tags tags = series.tags();
    boolean valid = Utf8.length(series.name()) != Utf8.INVALID;
    for (int tag = 0; tag < tags.size(); tag++) {
      if (tags.name(tag).indexOf('\0') >= 0) {
        return "a tag name has a NUL character, which no field of a document can have.";
      }
      valid &=
          Utf8.length(tags.name(tag)) != Utf8.INVALID
              && Utf8.length(tags.value(tag)) != Utf8.INVALID;
    }
    return valid ? null : "name or tags are not valid Unicode: they have half of a surrogate pair.";
  }

  private static byte[] elements(Series series) {
    Tags tags = series.tags();
    BsonBytes out = new BsonBytes(128);
    out.text(METRIC, series.name());
    int start = out.begin(TAGS);
    for (int tag = 0; tag < tags.size(); tag++) {
      out.header(BsonType.STRING, Field.named(tags.name(tag)));
      out.putText(tags.value(tag));
    }
    out.end(start);
    return out.toArray();
  }

  private static byte[] digest(Series series) {
    MessageDigest digest = sha256();
    add(series.name(), digest);
    for (int tag = 0; tag < series.tags().size(); tag++) {
      add(series.tags().name(tag), digest);
      add(series.tags().value(tag), digest);
    }
    return digest.digest();
  }

  private static void add(String text, MessageDigest digest) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, utf8.length));
    digest.update(utf8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
