package io.datapoints.connect.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the flows layout that fit the records of one collector as it writes them unless told
 * otherwise. What the user sets takes precedence, setting by setting.
 *
 * <p>Of a flow in both directions, the value is what the source sent. The time is its start, where
 * the collector knows it: reports of a flow that goes on then have one key, and the last one stays.
 */
public enum CollectorPreset {
  /** goflow2, JSON. */
  GOFLOW2(
      """
      flows.field.source_ip=src_addr
      flows.field.dest_ip=dst_addr
      flows.field.source_port=src_port
      flows.field.dest_port=dst_port
      flows.field.protocol=proto
      flows.field.timestamp=time_flow_start_ns,time_received_ns
      flows.field.value=bytes
      timestamp.unit=ns
      flows.filter=etype not in (ARP, '')
      """),

  /** goflow2, Protobuf. Fields that are 0 are not on the wire. */
  GOFLOW2_PROTO(
      """
      flows.format=goflow2
      flows.field.source_ip=src_addr
      flows.field.dest_ip=dst_addr
      flows.field.source_port=src_port
      flows.field.dest_port=dst_port
      flows.field.protocol=proto
      flows.field.timestamp=time_flow_start_ns,time_received_ns
      flows.field.value=bytes
      flows.value.default=0
      timestamp.unit=ns
      flows.filter=src_addr
      """),

  /** pmacct (nfacctd, sfacctd, pmacctd), JSON of its Kafka plugin. */
  PMACCT(
      """
      flows.field.source_ip=ip_src
      flows.field.dest_ip=ip_dst
      flows.field.source_port=port_src
      flows.field.dest_port=port_dst
      flows.field.protocol=ip_proto
      flows.field.timestamp=timestamp_start,stamp_inserted
      flows.field.value=bytes
      timestamp.unit=iso8601
      flows.filter=event_type not in (purge_init, purge_close)
      """),

  /** nProbe, JSON with names or, without --json-labels, with the numbers of NetFlow's fields. */
  NPROBE(
      """
      flows.field.source_ip=IPV4_SRC_ADDR,IPV6_SRC_ADDR,8,27
      flows.field.dest_ip=IPV4_DST_ADDR,IPV6_DST_ADDR,12,28
      flows.field.source_port=L4_SRC_PORT,7
      flows.field.dest_port=L4_DST_PORT,11
      flows.field.protocol=PROTOCOL,4
      flows.field.timestamp=FIRST_SWITCHED,22
      flows.field.value=IN_BYTES,1
      timestamp.unit=s
      """),

  /** IPFIXcol2, JSON. */
  IPFIXCOL2(
      """
      flows.field.source_ip=iana:sourceIPv4Address,iana:sourceIPv6Address
      flows.field.dest_ip=iana:destinationIPv4Address,iana:destinationIPv6Address
      flows.field.source_port=iana:sourceTransportPort
      flows.field.dest_port=iana:destinationTransportPort
      flows.field.protocol=iana:protocolIdentifier
      flows.field.timestamp=iana:flowStartMilliseconds,iana:flowStartMicroseconds,\
      iana:flowStartNanoseconds,iana:flowStartSeconds
      flows.field.value=iana:octetDeltaCount,iana:octetTotalCount
      timestamp.unit=iso8601
      flows.filter=@type=ipfix.entry
      """),

  /** The Elastic Common Schema, as Packetbeat, Filebeat and Auditbeat write it. */
  ECS(
      """
      flows.field.source_ip=source.ip,source.address
      flows.field.dest_ip=destination.ip,destination.address
      flows.field.source_port=source.port
      flows.field.dest_port=destination.port
      flows.field.protocol=network.transport,network.iana_number
      flows.field.timestamp=event.start,@timestamp
      flows.field.value=source.bytes,network.bytes
      flows.field.id=flow.id
      timestamp.unit=iso8601
      flows.filter=event.action in (network_flow, netflow_flow) or aws.vpcflow.log_status=OK
      """),

  /** Flow logs of AWS VPCs, as JSON with the names of the log's fields. */
  VPC(
      """
      flows.field.source_ip=srcaddr
      flows.field.dest_ip=dstaddr
      flows.field.source_port=srcport
      flows.field.dest_port=dstport
      flows.field.protocol=protocol
      flows.field.timestamp=start
      flows.field.value=bytes
      flows.field.id=interface_id,interface-id
      timestamp.unit=s
      flows.filter=log_status not in (NODATA, SKIPDATA) and log-status not in (NODATA, SKIPDATA)
      """),

  /** Suricata, EVE. */
  SURICATA(
      """
      flows.field.source_ip=src_ip
      flows.field.dest_ip=dest_ip
      flows.field.source_port=src_port
      flows.field.dest_port=dest_port
      flows.field.protocol=proto
      flows.field.timestamp=flow.start,netflow.start,timestamp
      flows.field.value=flow.bytes_toserver,netflow.bytes
      flows.field.id=flow_id
      timestamp.unit=iso8601
      flows.filter=event_type in (flow, netflow)
      """),

  /** Zeek's conn.log as JSON, also below the name of the log. */
  ZEEK(
      """
      flows.field.source_ip=id.orig_h,conn.id.orig_h
      flows.field.dest_ip=id.resp_h,conn.id.resp_h
      flows.field.source_port=id.orig_p,conn.id.orig_p
      flows.field.dest_port=id.resp_p,conn.id.resp_p
      flows.field.protocol=proto,conn.proto
      flows.field.timestamp=ts,conn.ts
      flows.field.value=orig_ip_bytes,conn.orig_ip_bytes,orig_bytes,conn.orig_bytes
      flows.field.id=uid,conn.uid
      timestamp.unit=s
      flows.filter=conn_state or conn.conn_state
      """),

  /** NetObserv, as flowlogs-pipeline exports its flows. */
  NETOBSERV(
      """
      flows.field.source_ip=SrcAddr
      flows.field.dest_ip=DstAddr
      flows.field.source_port=SrcPort
      flows.field.dest_port=DstPort
      flows.field.protocol=Proto
      flows.field.timestamp=TimeFlowStartMs
      flows.field.value=Bytes
      flows.value.default=0
      flows.field.id=_HashId
      timestamp.unit=ms
      flows.filter=SrcAddr and _RecordType not in (newConnection, heartbeat, endConnection)
      """),

  /** Hubble of Cilium, its exported events or those of {@code hubble observe -o json}. */
  HUBBLE(
      """
      flows.field.source_ip=flow.IP.source,IP.source
      flows.field.dest_ip=flow.IP.destination,IP.destination
      flows.field.source_port=flow.l4.TCP.source_port,flow.l4.UDP.source_port,\
      flow.l4.SCTP.source_port,l4.TCP.source_port,l4.UDP.source_port,l4.SCTP.source_port
      flows.field.dest_port=flow.l4.TCP.destination_port,flow.l4.UDP.destination_port,\
      flow.l4.SCTP.destination_port,l4.TCP.destination_port,l4.UDP.destination_port,\
      l4.SCTP.destination_port
      flows.field.protocol=flow.l4,l4
      flows.field.timestamp=flow.time,time
      flows.value.default=1
      flows.field.id=flow.uuid,uuid
      timestamp.unit=iso8601
      flows.filter=flow.IP.source and flow.Type not in (L7, SOCK) or IP.source and Type not in (L7, SOCK)
      """);

  private final String lines;

  /**
   * @param lines a setting each
   */
  CollectorPreset(String lines) {
    this.lines = lines;
  }

  /** The name of this preset in the settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The settings that it stands for. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    lines
        .lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              settings.put(line.substring(0, equals), line.substring(equals + 1));
            });
    // ICMP has no ports, and each collector has its own names for what IANA has one for.
    settings.put(FlowsConfig.DEFAULT_PORT, "0");
    settings.put(FlowsConfig.PROTOCOL_NAMES, "true");
    return settings;
  }

  static Optional<CollectorPreset> of(String word) {
    for (CollectorPreset preset : values()) {
      if (preset.word().equalsIgnoreCase(word)) {
        return Optional.of(preset);
      }
    }
    return Optional.empty();
  }
}
