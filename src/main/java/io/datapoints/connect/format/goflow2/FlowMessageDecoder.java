package io.datapoints.connect.format.goflow2;

import io.datapoints.connect.format.MapDecoder;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.format.protobuf.Span;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a FlowMessage by the names of its fields in JSON. A field that is 0 is not on the wire, and
 * so is missing. If a field comes twice, the last one counts; fields that are lists are left out.
 */
public final class FlowMessageDecoder implements MapDecoder {

  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = 0x7F;

  /** Bytes of a length below two gigabytes. */
  private static final int MAX_LENGTH_BYTES = 5;

  @Override
  public String noun() {
    return "a FlowMessage of goflow2";
  }

  @Override
  public Map<String, Object> decode(byte[] bytes, int offset, int length) throws IOException {
    int prefix = prefixLength(bytes, offset, length);
    MessageReader in = new MessageReader(bytes, offset + prefix, length - prefix);
    Map<String, Object> fields = new HashMap<>();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      FlowField field = FlowField.of(tag);
      if (field == null) {
        in.skip(tag);
      } else {
        fields.put(field.json(), field.isBytes() ? bytes(in) : number(in.varint()));
      }
    }
    return fields;
  }

  /**
   * How many bytes before the message are its length. goflow2 writes it unless an option of its
   * first version says otherwise. It is a length only if it is that of all the rest: a message
   * without one begins with a tag, and one that would be its own length is too short for a flow.
   */
  private static int prefixLength(byte[] bytes, int offset, int length) {
    long announced = 0;
    for (int at = 0; at < Math.min(length, MAX_LENGTH_BYTES); at++) {
      byte next = bytes[offset + at];
      announced |= (long) (next & VARINT_MASK) << (VARINT_BITS * at);
      if (next >= 0) {
        return announced == length - at - 1 ? at + 1 : 0;
      }
    }
    return 0;
  }

  private static ByteBuffer bytes(MessageReader in) throws IOException {
    long span = in.span();
    return ByteBuffer.wrap(in.bytes(), Span.start(span), Span.length(span)).slice();
  }

  private static Object number(long unsigned) {
    return unsigned >= 0 ? (Object) unsigned : new BigInteger(Long.toUnsignedString(unsigned));
  }
}
