package io.datapoints.connect.mapping;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as texts and as bytes. Never resolves a name.
 *
 * <p>IPv4 is four decimal numbers. Leading zeros are rejected, since some parsers read them as
 * octal. IPv6 is the text of RFC 4291 section 2.2 without a zone, and becomes that of RFC 5952:
 * lower case, no leading zeros, the longest run of two zero groups or more as "::", the first of
 * equal runs. An IPv4-mapped address, such as ::ffff:192.0.2.1, is the IPv4 address: what one
 * collector writes as the one, another writes as the other.
 */
public final class IpAddress {

  private static final int GROUPS = 8;

  /** ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255. */
  private static final int MAX_CHARS = 45;

  private static final int MAPPED_PREFIX_GROUPS = 6;

  private IpAddress() {}

  /** Whether a canonical address stands for no host. */
  public static boolean isUnspecified(String canonical) {
    return canonical.equals("0.0.0.0") || canonical.equals("::");
  }

  /** The canonical form of an address in network order, or null unless there are 4 or 16 bytes. */
  public static @Nullable String text(ByteBuffer bytes) {
    int[] groups = new int[GROUPS];
    int count = bytes.remaining() / Short.BYTES;
    if (bytes.remaining() != 2 * Short.BYTES && bytes.remaining() != GROUPS * Short.BYTES) {
      return null;
    }
    int from = GROUPS - count;
    for (int i = 0; i < count; i++) {
      groups[from + i] = bytes.getShort(bytes.position() + i * Short.BYTES) & 0xFFFF;
    }
    return count == 2 ? ipv4(groups) : format(groups);
  }

  /** The canonical form, or null when the text is no IP address. */
  public static @Nullable String canonical(String text) {
    if (text.length() > MAX_CHARS) {
      return null;
    }
    if (text.indexOf(':') < 0) {
      return ipv4(text, 0) < 0 ? null : text;
    }
    int[] groups = new int[GROUPS];
    return parse(text, groups) ? format(groups) : null;
  }

  /**
   * The address in network order, 4 bytes or 16, or null when the text is no IP address. As in the
   * JDK, an IPv4-mapped one is the 4 bytes of the IPv4 address.
   */
  public static byte @Nullable [] bytes(String text) {
    if (text.length() > MAX_CHARS) {
      return null;
    }
    int[] groups = new int[GROUPS];
    if (text.indexOf(':') >= 0) {
      return parse(text, groups)
          ? bytes(groups, isMapped(groups) ? MAPPED_PREFIX_GROUPS : 0)
          : null;
    }
    long ipv4 = ipv4(text, 0);
    groups[MAPPED_PREFIX_GROUPS] = (int) (ipv4 >>> 16);
    groups[MAPPED_PREFIX_GROUPS + 1] = (int) (ipv4 & 0xFFFF);
    return ipv4 < 0 ? null : bytes(groups, MAPPED_PREFIX_GROUPS);
  }

  private static byte[] bytes(int[] groups, int from) {
    ByteBuffer address = ByteBuffer.allocate(Short.BYTES * (GROUPS - from));
    for (int i = from; i < GROUPS; i++) {
      address.putShort((short) groups[i]);
    }
    return address.array();
  }

  /** The 32 bits of the IPv4 address from this position to the end, or -1. */
  private static long ipv4(String text, int start) {
    long bits = 0;
    int position = start;
    for (int octet = 0; octet < 4; octet++) {
      int first = position;
      int value = 0;
      while (position < text.length() && position < first + 3 && isDigit(text.charAt(position))) {
        value = value * 10 + text.charAt(position++) - '0';
      }
      int digits = position - first;
      boolean leadingZero = digits > 1 && text.charAt(first) == '0';
      boolean ended =
          octet == 3
              ? position == text.length()
              : position < text.length() && text.charAt(position++) == '.';
      if (digits == 0 || value > 255 || leadingZero || !ended) {
        return -1;
      }
      bits = bits << 8 | value;
    }
    return bits;
  }

  /** Whether the text is an IPv6 address; if so, fills in its groups. */
  private static boolean parse(String text, int[] groups) {
    int count = 0;
    int gap = -1;
    int position = 0;
    if (text.startsWith("::")) {
      gap = 0;
      position = 2;
    }
    while (position < text.length()) {
      int end = groupEnd(text, position);
      if (end < text.length() && text.charAt(end) == '.') {
        long ipv4 = count <= MAPPED_PREFIX_GROUPS ? ipv4(text, position) : -1;
        if (ipv4 < 0) {
          return false;
        }
        groups[count++] = (int) (ipv4 >>> 16);
        groups[count++] = (int) (ipv4 & 0xFFFF);
        break;
      }
      if (end == position || end > position + 4 || count == GROUPS) {
        return false;
      }
      groups[count++] = Integer.parseInt(text, position, end, 16);
      position = end;
      if (position == text.length()) {
        break;
      }
      if (text.charAt(position++) != ':' || position == text.length()) {
        return false;
      }
      if (text.charAt(position) == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = count;
        position++;
      }
    }
    return gap < 0 ? count == GROUPS : spread(groups, count, gap);
  }

  private static int groupEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isHexDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Moves the groups after "::" to the end; "::" stands for at least one zero group. */
  private static boolean spread(int[] groups, int count, int gap) {
    if (count == GROUPS) {
      return false;
    }
    int behind = count - gap;
    for (int i = 1; i <= behind; i++) {
      groups[GROUPS - i] = groups[count - i];
      if (count - i != GROUPS - i) {
        groups[count - i] = 0;
      }
    }
    return true;
  }

  private static String format(int[] groups) {
    if (isMapped(groups)) {
      return ipv4(groups);
    }
    int runStart = -1;
    int runLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > runLength) {
        runStart = i;
        runLength = end - i;
      }
    }
    StringBuilder text = new StringBuilder(MAX_CHARS);
    for (int i = 0; i < GROUPS; i++) {
      if (i == runStart) {
        text.append("::");
        i += runLength - 1;
      } else {
        separate(text);
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** The last two groups as IPv4. */
  private static String ipv4(int[] groups) {
    int high = groups[GROUPS - 2];
    int low = groups[GROUPS - 1];
    return (high >> 8) + "." + (high & 0xFF) + "." + (low >> 8) + "." + (low & 0xFF);
  }

  private static void separate(StringBuilder text) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
      text.append(':');
    }
  }

  /** Whether the address is in ::ffff:0:0/96. */
  private static boolean isMapped(int[] groups) {
    int bits = 0;
    for (int i = 0; i < MAPPED_PREFIX_GROUPS - 1; i++) {
      bits |= groups[i];
    }
    return bits == 0 && groups[MAPPED_PREFIX_GROUPS - 1] == 0xFFFF;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
