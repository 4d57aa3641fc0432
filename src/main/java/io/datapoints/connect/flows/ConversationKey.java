package io.datapoints.connect.flows;

import io.datapoints.connect.config.FlowsConfig.Field;
import io.datapoints.connect.payload.RawColumn;
import io.datapoints.connect.payload.RawColumn.Kind;
import io.datapoints.connect.payload.WrittenKey;

/**
 * Addresses and protocol exactly as a flow wrote them. Only for flows whose addresses are texts and
 * whose protocol is a text or a number from 0 to 255.
 */
final class ConversationKey implements WrittenKey<RawFields> {

  private static final int SOURCE = Field.SOURCE_IP.row();
  private static final int DEST = Field.DEST_IP.row();
  private static final int PROTOCOL = Field.PROTOCOL.row();

  private final char[] chars;
  private final int sourceEnd;
  private final int destEnd;

  /** {@link Protocols#NO_NUMBER} for a protocol that is a text. */
  private final int protocolNumber;

  private ConversationKey(char[] chars, int sourceEnd, int destEnd, int protocolNumber) {
    this.chars = chars;
    this.sourceEnd = sourceEnd;
    this.destEnd = destEnd;
    this.protocolNumber = protocolNumber;
  }

  /** Whether a key can be made of these fields. */
  static boolean isPossible(RawColumn column) {
    return isText(column, SOURCE)
        && isText(column, DEST)
        && (isText(column, PROTOCOL) || Protocols.number(column, PROTOCOL) != Protocols.NO_NUMBER);
  }

  private static boolean isText(RawColumn column, int row) {
    return column.kind(row) == Kind.TEXT && !column.enclosed(row);
  }

  static long hash(RawColumn column) {
    int number = Protocols.number(column, PROTOCOL);
    long hash = column.hash(DEST, column.hash(SOURCE, number));
    return number == Protocols.NO_NUMBER ? column.hash(PROTOCOL, hash) : hash;
  }

  static ConversationKey of(RawColumn column) {
    int number = Protocols.number(column, PROTOCOL);
    int sourceEnd = column.length(SOURCE);
    int destEnd = sourceEnd + column.length(DEST);
    boolean named = number == Protocols.NO_NUMBER;
    char[] chars = new char[named ? destEnd + column.length(PROTOCOL) : destEnd];
    column.copyLiteral(SOURCE, chars, 0);
    column.copyLiteral(DEST, chars, sourceEnd);
    if (named) {
      column.copyLiteral(PROTOCOL, chars, destEnd);
    }
    return new ConversationKey(chars, sourceEnd, destEnd, number);
  }

  @Override
  public boolean matches(RawFields fields) {
    RawColumn column = fields.column();
    int number = Protocols.number(column, PROTOCOL);
    return number == protocolNumber
        && column.literalEquals(SOURCE, chars, 0, sourceEnd)
        && column.literalEquals(DEST, chars, sourceEnd, destEnd)
        && (number != Protocols.NO_NUMBER
            || column.literalEquals(PROTOCOL, chars, destEnd, chars.length));
  }

  @Override
  public int length() {
    return chars.length;
  }
}
