package salt.minion.grain;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The default gateways, from the kernel's tables of routes. */
final class Gateways {
  private static final int UP = 0x1;
  private static final int REJECT = 0x200;
  private static final String ANY4 = "00000000";
  private static final String ANY6 = "0".repeat(32);

  private final Machine machine;

  Gateways(Machine machine) {
    this.machine = machine;
  }

  Map<String, Object> collect() {
    Map<String, Object> grains = new LinkedHashMap<>();
    Object ip4 = ip4();
    Object ip6 = ip6();
    grains.put("ip_gw", !Boolean.FALSE.equals(ip4) || !Boolean.FALSE.equals(ip6));
    grains.put("ip4_gw", ip4);
    grains.put("ip6_gw", ip6);
    return grains;
  }

  /** The address; true for a route without a gateway, false without a route. */
  private Object ip4() {
    Object gateway = false;
    long best = Long.MAX_VALUE;
    for (List<String> route : routes("/proc/net/route")) {
      boolean isDefault =
          route.size() > 7 && route.get(1).equals(ANY4) && route.get(7).equals(ANY4);
      if (isDefault && (hex(route.get(3)) & UP) != 0 && Long.parseLong(route.get(6)) < best) {
        best = Long.parseLong(route.get(6));
        gateway = route.get(2).equals(ANY4) ? (Object) true : reversed(route.get(2));
      }
    }
    return gateway;
  }

  /** The kernel writes these four bytes as one number of the machine's order. */
  private static String reversed(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    StringBuilder text = new StringBuilder();
    for (int i = bytes.length - 1; i >= 0; i--) {
      text.append(bytes[i] & 0xff).append(i == 0 ? "" : ".");
    }
    return text.toString();
  }

  private Object ip6() {
    Object gateway = false;
    long best = Long.MAX_VALUE;
    for (List<String> route : routes("/proc/net/ipv6_route")) {
      boolean isDefault =
          route.size() > 9 && route.get(0).equals(ANY6) && route.get(1).equals("00");
      boolean usable = isDefault && (hex(route.get(8)) & (UP | REJECT)) == UP;
      if (usable && hex(route.get(5)) < best) {
        best = hex(route.get(5));
        InetAddress next = Interfaces.address(route.get(4));
        gateway = route.get(4).equals(ANY6) ? (Object) true : Interfaces.text(next);
      }
    }
    return gateway;
  }

  private static long hex(String digits) {
    return Long.parseLong(digits, 16);
  }

  private List<List<String>> routes(String file) {
    return machine.lines(file).stream()
        .map(line -> List.of(line.strip().split("\\s+", -1)))
        .toList();
  }
}
