package io.datapoints.connect.format.goflow2;

import io.datapoints.connect.format.protobuf.MessageReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of goflow2's FlowMessage (flow.proto) that are single values, under the names that its
 * JSON has for them. Numbers are unsigned.
 */
enum FlowField {
  TYPE(1),
  SAMPLING_RATE(3),
  SEQUENCE_NUM(4),
  SRC_ADDR(6, MessageReader.LENGTH),
  DST_ADDR(7, MessageReader.LENGTH),
  BYTES(9),
  PACKETS(10),
  SAMPLER_ADDRESS(11, MessageReader.LENGTH),
  NEXT_HOP(12, MessageReader.LENGTH),
  NEXT_HOP_AS(13),
  SRC_AS(14),
  DST_AS(15),
  SRC_NET(16),
  DST_NET(17),
  IN_IF(18),
  OUT_IF(19),
  PROTO(20),
  SRC_PORT(21),
  DST_PORT(22),
  IP_TOS(23),
  FORWARDING_STATUS(24),
  IP_TTL(25),
  TCP_FLAGS(26),
  SRC_MAC(27),
  DST_MAC(28),
  VLAN_ID(29),
  ETYPE(30),
  ICMP_TYPE(31),
  ICMP_CODE(32),
  SRC_VLAN(33),
  DST_VLAN(34),
  FRAGMENT_ID(35),
  FRAGMENT_OFFSET(36),
  IPV6_FLOW_LABEL(37),
  IP_FLAGS(38),
  OBSERVATION_DOMAIN_ID(70),
  OBSERVATION_POINT_ID(71),
  BGP_NEXT_HOP(100, MessageReader.LENGTH),
  TIME_RECEIVED_NS(110),
  TIME_FLOW_START_NS(111),
  TIME_FLOW_END_NS(112);

  private static final int WIRE_TYPE_BITS = 3;
  private static final int MAX_NUMBER = 112;
  private static final @Nullable FlowField[] BY_NUMBER = byNumber();

  private final int number;
  private final int wireType;
  private final String json = name().toLowerCase(Locale.ROOT);

  FlowField(int number) {
    this(number, MessageReader.VARINT);
  }

  FlowField(int number, int wireType) {
    this.number = number;
    this.wireType = wireType;
  }

  private static @Nullable FlowField[] byNumber() {
    @Nullable FlowField[] fields = new FlowField[MAX_NUMBER + 1];
    for (FlowField field : values()) {
      fields[field.number] = field;
    }
    return fields;
  }

  /** The field of this tag, null for an unknown one or one of another wire type. */
  static @Nullable FlowField of(int tag) {
    int number = tag >>> WIRE_TYPE_BITS;
    FlowField field = number <= MAX_NUMBER ? BY_NUMBER[number] : null;
    return field != null && field.tag() == tag ? field : null;
  }

  /** What stands before the field on the wire. */
  int tag() {
    return number << WIRE_TYPE_BITS | wireType;
  }

  /** Whether it is an address. */
  boolean isBytes() {
    return wireType == MessageReader.LENGTH;
  }

  /** Its name in JSON. */
  String json() {
    return json;
  }
}
