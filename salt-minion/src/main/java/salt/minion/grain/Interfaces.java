package salt.minion.grain;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The network interfaces, in the order of their numbers.
 *
 * @param links all of them, those without addresses too
 */
record Interfaces(List<Link> links) {
  private static final int GROUPS = 8;
  private static final int LINK_SCOPE = 0x20;

  /**
   * An interface.
   *
   * @param hardware its hardware address; empty when it has none
   */
  record Link(String name, String hardware, List<InetAddress> ip4, List<InetAddress> ip6) {}

  static Interfaces read(Machine machine) {
    Map<String, List<InetAddress>> ip6 = ip6(machine);
    List<Link> links = new ArrayList<>();
    for (String name : byNumber(machine)) {
      String hardware = machine.text("/sys/class/net/" + name + "/address").orElse("");
      links.add(new Link(name, hardware, ip4(name), ip6.getOrDefault(name, List.of())));
    }
    return new Interfaces(links);
  }

  private static List<String> byNumber(Machine machine) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String name : machine.names("/sys/class/net")) {
      machine
          .text("/sys/class/net/" + name + "/ifindex")
          .ifPresent(number -> numbers.put(name, Integer.valueOf(number)));
    }
    return numbers.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<InetAddress> ip4(String name) {
    try {
      NetworkInterface link = NetworkInterface.getByName(name);
      List<InetAddress> addresses = new ArrayList<>();
      if (link != null) {
        addresses.addAll(Collections.list(link.getInetAddresses()));
        link.subInterfaces()
            .forEach(sub -> addresses.addAll(Collections.list(sub.getInetAddresses())));
      }
      return addresses.stream().filter(Inet4Address.class::isInstance).toList();
    } catch (SocketException gone) {
      return List.of();
    }
  }

  /** As the kernel lists them, those that reach beyond the link first. */
  private static Map<String, List<InetAddress>> ip6(Machine machine) {
    Map<String, List<InetAddress>> addresses = new LinkedHashMap<>();
    machine.lines("/proc/net/if_inet6").stream()
        .map(line -> line.strip().split("\\s+", -1))
        .sorted(Comparator.comparing(fields -> Integer.parseInt(fields[3], 16) == LINK_SCOPE))
        .forEach(
            fields ->
                addresses
                    .computeIfAbsent(fields[5], name -> new ArrayList<>())
                    .add(address(fields[0])));
    return addresses;
  }

  /** The address that hexadecimal digits spell, as the kernel writes it. */
  static InetAddress address(String hex) {
    try {
      return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + hex + "' is no address", e);
    }
  }

  /** An address in its shortest form, without the interface. */
  static String text(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
    }
    return shortened(groups);
  }

  private static String shortened(int[] groups) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  List<InetAddress> all() {
    List<InetAddress> all = new ArrayList<>();
    links.forEach(link -> all.addAll(link.ip4()));
    links.forEach(link -> all.addAll(link.ip6()));
    return all;
  }

  Map<String, Object> each(Function<Link, List<InetAddress>> addresses) {
    Map<String, Object> each = new LinkedHashMap<>();
    links.forEach(
        link ->
            each.put(link.name(), addresses.apply(link).stream().map(Interfaces::text).toList()));
    return each;
  }

  Map<String, Object> hardware() {
    Map<String, Object> hardware = new LinkedHashMap<>();
    for (Link link : links) {
      if (!link.hardware().isEmpty()) {
        hardware.put(link.name(), link.hardware());
      }
    }
    return hardware;
  }
}
