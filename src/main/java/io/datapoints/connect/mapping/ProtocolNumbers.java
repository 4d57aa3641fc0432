package io.datapoints.connect.mapping;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keywords of the IANA registry of protocol numbers
 * (https://www.iana.org/assignments/protocol-numbers), in lower case and without its note
 * "deprecated". The two names that the registry has in place of keywords, Mobility Header and ISIS
 * over IPv4, are written with hyphens. Numbers without a keyword are "any" protocol of some kind,
 * unassigned, experimental or reserved.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // They have no stack trace.
final class ProtocolNumbers {

  private static final InvalidValue NO_PROTOCOL =
      new InvalidValue(
          Rule.PROTOCOL,
          "must be a whole number from 0 to 255, or a text that is not blank and has at most 64"
              + " characters");

  private static final int MAX_NUMBER = 255;

  /** Bounds a text that may be part of a key: every store limits the size of keys. */
  private static final int MAX_CHARS = 64;

  private static final List<String> KEYWORDS =
      List.of(
          // 0
          "hopopt icmp igmp ggp ipv4 st tcp cbt egp igp",
          // 10
          "bbn-rcc-mon nvp-ii pup argus emcon xnet chaos udp mux dcn-meas",
          // 20
          "hmp prm xns-idp trunk-1 trunk-2 leaf-1 leaf-2 rdp irtp iso-tp4",
          // 30
          "netblt mfe-nsp merit-inp dccp 3pc idpr xtp ddp idpr-cmtp tp++",
          // 40
          "il ipv6 sdrp ipv6-route ipv6-frag idrp rsvp gre dsr bna",
          // 50
          "esp ah i-nlsp swipe narp min-ipv4 tlsp skip ipv6-icmp ipv6-nonxt",
          // 60
          "ipv6-opts - cftp - sat-expak kryptolan rvd ippc - sat-mon",
          // 70
          "visa ipcv cpnx cphb wsn pvp br-sat-mon sun-nd wb-mon wb-expak",
          // 80
          "iso-ip vmtp secure-vmtp vines iptm nsfnet-igp dgp tcf eigrp ospfigp",
          // 90
          "sprite-rpc larp mtp ax.25 ipip micp scc-sp etherip encap -",
          // 100
          "gmtp ifmp pnni pim aris scps qnx a/n ipcomp snp",
          // 110
          "compaq-peer ipx-in-ip vrrp pgm - l2tp ddx iatp stp srp",
          // 120
          "uti smp sm ptp isis-over-ipv4 fire crtp crudp sscopmce iplt",
          // 130
          "sps pipe sctp fc rsvp-e2e-ignore mobility-header udplite mpls-in-ip manet hip",
          // 140
          "shim6 wesp rohc ethernet aggfrag nsh homa bit-emu");

  private static final String NO_KEYWORD = "-";

  /** What collectors call the one protocol whose keyword they do not use. */
  private static final Set<String> ICMP_OF_IPV6 = Set.of("icmpv6", "icmp6", "ipv6icmp");

  private static final int ICMP_OF_IPV6_NUMBER = 58;

  private static final String[] NAMES = String.join(" ", KEYWORDS).split(" ", -1);

  private ProtocolNumbers() {}

  /**
   * The text of a protocol. A whole number from 0 to 255 becomes its digits; a text stays as it is.
   * With names, a number (also one written as a text) becomes its keyword if it has one. Any other
   * text is stripped of surrounding blanks and becomes lower case. So 6, "6", "TCP" and "tcp" are
   * one protocol, and so are 58, "ICMPv6" and "ipv6-icmp". An object of one field counts as the
   * name of that field, which is how JSON has what Protobuf knows as a choice: {"TCP": {...}}.
   */
  static String text(Object value, boolean names) {
    if (value instanceof Map<?, ?> choice
        && choice.size() == 1
        && choice.keySet().iterator().next() instanceof String name) {
      return text(name, names);
    }
    if (value instanceof String text) {
      if (text.length() > MAX_CHARS || text.isBlank()) {
        throw NO_PROTOCOL;
      }
      return names ? name(text.strip()) : text;
    }
    long number = Numbers.strictWhole(value);
    if (number < 0 || number > MAX_NUMBER) {
      throw NO_PROTOCOL;
    }
    return names ? name((int) number) : Long.toString(number);
  }

  private static String name(String text) {
    boolean digits = text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits && Integer.parseInt(text) <= MAX_NUMBER) {
      return name(Integer.parseInt(text));
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return ICMP_OF_IPV6.contains(lower) ? name(ICMP_OF_IPV6_NUMBER) : lower;
  }

  private static String name(int number) {
    String keyword = keyword(number);
    return keyword == null ? Integer.toString(number) : keyword;
  }

  /** The keyword of a protocol number, or null when it has none. */
  static @Nullable String keyword(int number) {
    return number >= NAMES.length || NAMES[number].equals(NO_KEYWORD) ? null : NAMES[number];
  }
}
