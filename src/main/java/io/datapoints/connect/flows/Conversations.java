package io.datapoints.connect.flows;

import io.datapoints.connect.config.FlowsConfig.Field;
import io.datapoints.connect.mapping.IpAddress;
import io.datapoints.connect.model.Conversation;
import io.datapoints.connect.payload.RawColumn;
import io.datapoints.connect.payload.RawColumn.Kind;
import io.datapoints.connect.payload.WrittenCache;
import org.jspecify.annotations.Nullable;

/**
 * Makes conversations of addresses and protocols that obey the rules, as a rule one instance for
 * all flows that write them alike.
 */
final class Conversations {

  static final String ADDRESS_RULE = " must be an IP address.";

  private final WrittenCache<RawFields, Conversation> cache = new WrittenCache<>();
  private final Protocols protocols;

  Conversations(Protocols protocols) {
    this.protocols = protocols;
  }

  /** The conversation of a flow, or null when an address or the protocol breaks a rule. */
  @Nullable Conversation read(RawFields fields) {
    RawColumn column = fields.column();
    if (!ConversationKey.isPossible(column)) {
      return null;
    }
    long hash = ConversationKey.hash(column);
    Conversation known = cache.find(hash, fields);
    return known == null ? newcomer(column, hash) : known;
  }

  private @Nullable Conversation newcomer(RawColumn column, long hash) {
    String source = address(column, Field.SOURCE_IP.row());
    String dest = address(column, Field.DEST_IP.row());
    String protocol = protocols.read(column, Field.PROTOCOL.row());
    if (source == null || dest == null || protocol == null) {
      return null;
    }
    Conversation conversation = new Conversation(source, dest, protocol);
    cache.keep(hash, ConversationKey.of(column), conversation);
    return conversation;
  }

  /** The address in its canonical form, or null when it is none. */
  static @Nullable String address(RawColumn column, int row) {
    return column.kind(row) == Kind.TEXT && !column.enclosed(row)
        ? IpAddress.canonical(column.literal(row))
        : null;
  }
}
