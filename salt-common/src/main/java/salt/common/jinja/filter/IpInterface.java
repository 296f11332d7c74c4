package salt.common.jinja.filter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address with the length of its network's prefix.
 *
 * @param value the address as number
 * @param bits 32 or 128
 * @param prefix how many bits the network has
 * @param scope what stands behind {@code %}; empty for nothing
 */
record IpInterface(BigInteger value, int bits, int prefix, String scope) {
  static final int V4 = 32;
  static final int V6 = 128;

  /** Reads an address with or without a prefix, as Python's {@code ipaddress} does. */
  static Optional<IpInterface> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    boolean v6 = address.indexOf(':') >= 0;
    Optional<BigInteger> value = v6 ? parse6(withoutScope(address)) : parse4(address);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    int bits = v6 ? V6 : V4;
    int percent = address.indexOf('%');
    String scope = v6 && percent >= 0 ? address.substring(percent + 1) : "";
    if (percent >= 0 && (scope.isEmpty() || scope.indexOf('%') >= 0)) {
      return Optional.empty();
    }
    Optional<Integer> prefix =
        slash < 0 ? Optional.of(bits) : prefix(text.substring(slash + 1), bits);
    return prefix.map(length -> new IpInterface(value.get(), bits, length, scope));
  }

  private static String withoutScope(String address) {
    int percent = address.indexOf('%');
    return percent < 0 ? address : address.substring(0, percent);
  }

  private static Optional<Integer> prefix(String text, int bits) {
    if (text.matches("\\d{1,3}")) {
      int length = Integer.parseInt(text);
      return length <= bits ? Optional.of(length) : Optional.empty();
    }
    return bits == V4 ? parse4(text).flatMap(IpInterface::maskLength) : Optional.empty();
  }

  private static Optional<Integer> maskLength(BigInteger mask) {
    for (int length = 0; length <= V4; length++) {
      BigInteger wanted = mask(length, V4);
      if (wanted.equals(mask) || mask(V4, V4).xor(wanted).equals(mask)) {
        return Optional.of(length);
      }
    }
    return Optional.empty();
  }

  private static Optional<BigInteger> parse4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    long value = 0;
    for (String part : parts) {
      boolean fits = part.matches("[0-9]{1,3}") && !(part.length() > 1 && part.startsWith("0"));
      if (!fits || Integer.parseInt(part) > 255) {
        return Optional.empty();
      }
      value = (value << 8) | Integer.parseInt(part);
    }
    return Optional.of(BigInteger.valueOf(value));
  }

  private static Optional<BigInteger> parse6(String text) {
    String address = text;
    int colon = text.lastIndexOf(':');
    if (text.indexOf('.', colon) >= 0) {
      Optional<BigInteger> last = parse4(text.substring(colon + 1));
      if (last.isEmpty()) {
        return Optional.empty();
      }
      int low = last.get().intValue();
      address = text.substring(0, colon + 1) + "%x:%x".formatted(low >>> 16, low & 0xffff);
    }
    int gap = address.indexOf("::");
    if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    List<String> head = groups(gap < 0 ? address : address.substring(0, gap));
    List<String> tail = gap < 0 ? List.of() : groups(address.substring(gap + 2));
    int missing = 8 - head.size() - tail.size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(head);
    for (int i = 0; i < missing; i++) {
      all.add("0");
    }
    all.addAll(tail);
    BigInteger value = BigInteger.ZERO;
    for (String group : all) {
      if (!group.matches("[0-9a-fA-F]{1,4}")) {
        return Optional.empty();
      }
      value = value.shiftLeft(16).or(new BigInteger(group, 16));
    }
    return Optional.of(value);
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
  }

  private static BigInteger mask(int length, int bits) {
    return BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE).shiftLeft(bits - length);
  }

  /** The first address of its network. */
  BigInteger network() {
    return value.and(mask(prefix, bits));
  }

  /** Whether an address lies in this network. */
  boolean contains(IpInterface other) {
    return other.bits == bits && other.value.and(mask(prefix, bits)).equals(network());
  }

  /** How many addresses its network has. */
  BigInteger size() {
    return BigInteger.ONE.shiftLeft(bits - prefix);
  }

  /** Another address of this kind. */
  IpInterface at(BigInteger other) {
    return new IpInterface(other, bits, bits, "");
  }

  /** The address in its shortest form. */
  String address() {
    String text = bits == V4 ? text4() : text6();
    return scope.isEmpty() ? text : text + "%" + scope;
  }

  private String text4() {
    long v = value.longValue();
    return (v >> 24) + "." + ((v >> 16) & 255) + "." + ((v >> 8) & 255) + "." + (v & 255);
  }

  private String text6() {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = value.shiftRight(16 * (7 - i)).intValue() & 0xffff;
    }
    int best = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        best = i;
        longest = end - i;
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        out.append("::");
        i += longest - 1;
      } else {
        boolean first = out.isEmpty() || out.charAt(out.length() - 1) == ':';
        out.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return out.toString();
  }
}
