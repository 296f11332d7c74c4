package salt.common.jinja.filter;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Texts;
import salt.common.payload.Bytes;

/** Salt's filters of addresses and networks. */
final class NetworkFilters {
  private static final int ANY = 0;
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "private",
          List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/29",
              "192.0.0.170/31",
              "192.0.2.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "240.0.0.0/4",
              "::1/128",
              "::/128",
              "::ffff:0:0/96",
              "100::/64",
              "2001::/23",
              "2001:2::/48",
              "2001:db8::/32",
              "2001:10::/28",
              "fc00::/7",
              "fe80::/10"),
          "loopback",
          List.of("127.0.0.0/8", "::1/128"),
          "multicast",
          List.of("224.0.0.0/4", "ff00::/8"),
          "link-local",
          List.of("169.254.0.0/16", "fe80::/10"),
          "reserved",
          List.of(
              "240.0.0.0/4",
              "::/8",
              "100::/8",
              "200::/7",
              "400::/6",
              "800::/5",
              "1000::/4",
              "4000::/3",
              "6000::/3",
              "8000::/3",
              "a000::/3",
              "c000::/3",
              "e000::/4",
              "f000::/5",
              "f800::/6",
              "fe00::/9"),
          "unspecified",
          List.of("0.0.0.0/32", "::/128"),
          "shared",
          List.of("100.64.0.0/10"));
  private static final int MOST_HOSTS = 100_000;

  private NetworkFilters() {}

  static void add(Filters.Table table) {
    kind(table, "is_ip", "ipaddr", ANY);
    kind(table, "is_ipv4", "ipv4", IpInterface.V4);
    kind(table, "is_ipv6", "ipv6", IpInterface.V6);
    table
        .filter(
            "ip_host",
            "ip_host(value, options=None, version=None)",
            (e, a) -> each(a[0], a[1], NetworkFilters::host))
        .filter(
            "network_hosts",
            "network_hosts(value, options=None, version=None)",
            (e, a) -> each(a[0], a[1], NetworkFilters::hosts))
        .filter(
            "network_size",
            "network_size(value, options=None, version=None)",
            (e, a) -> each(a[0], a[1], ip -> Numbers.integer(ip.size())))
        .filter("filter_by_networks", "filter_by_networks(values, networks)", (e, a) -> within(a))
        .filter("ipwrap", "ipwrap(value)", (e, a) -> wrap(a[0]))
        .filter("mac_str_to_bytes", "mac_str_to_bytes(mac_str)", (e, a) -> mac(Given.str(a[0])));
  }

  private static void kind(Filters.Table table, String test, String filter, int bits) {
    table
        .filter(test, test + "(ip)", (e, a) -> parse(a[0], bits, "").isPresent())
        .filter(
            filter,
            filter + "(value, options=None)",
            (e, a) -> {
              String options = a[1] == null ? "" : Texts.str(a[1]);
              if (Iteration.possible(a[0]) && !Texts.isText(a[0])) {
                List<Object> kept = new ArrayList<>();
                for (Object item : Iteration.over(a[0])) {
                  parse(item, bits, options).ifPresent(ip -> kept.add(shown(ip, item)));
                }
                return kept;
              }
              return parse(a[0], bits, options).map(ip -> shown(ip, a[0])).orElse(null);
            });
  }

  private static String shown(IpInterface ip, Object given) {
    boolean network = Texts.str(given).indexOf('/') >= 0;
    return network ? ip.address() + "/" + ip.prefix() : ip.address();
  }

  private static Optional<IpInterface> parse(Object value, int bits, String options) {
    String text = Texts.orNull(value);
    return Optional.ofNullable(text)
        .flatMap(IpInterface::parse)
        .filter(ip -> bits == ANY || ip.bits() == bits)
        .filter(ip -> fits(ip, options));
  }

  private static boolean fits(IpInterface ip, String options) {
    for (String option : options.split(",", -1)) {
      if (!is(ip, option.strip())) {
        return false;
      }
    }
    return true;
  }

  private static boolean is(IpInterface ip, String kind) {
    return switch (kind) {
      case "public", "global" -> !in(ip, "private") && !in(ip, "shared");
      default -> !KINDS.containsKey(kind) || in(ip, kind);
    };
  }

  private static boolean in(IpInterface ip, String kind) {
    return KINDS.get(kind).stream()
        .anyMatch(network -> IpInterface.parse(network).orElseThrow().contains(ip));
  }

  private static Object each(Object value, Object options, Function<IpInterface, Object> what) {
    String kinds = options == null ? "" : Texts.str(options);
    if (!Iteration.possible(value) || Texts.isText(value)) {
      return parse(value, ANY, kinds).map(what).orElse(null);
    }
    List<Object> results = new ArrayList<>();
    for (Object item : Iteration.over(value)) {
      parse(item, ANY, kinds).map(what).ifPresent(results::add);
    }
    return results;
  }

  private static Object host(IpInterface ip) {
    return ip.address() + "/" + ip.prefix();
  }

  private static Object hosts(IpInterface ip) {
    if (ip.size().compareTo(BigInteger.valueOf(MOST_HOSTS)) > 0) {
      throw Errors.overflow("the network has more than " + MOST_HOSTS + " hosts");
    }
    int size = ip.size().intValue();
    int first = size > 2 ? 1 : 0;
    int last = size > 2 && ip.bits() == IpInterface.V4 ? size - 1 : size;
    List<Object> hosts = new ArrayList<>();
    for (int i = first; i < last; i++) {
      hosts.add(ip.at(ip.network().add(BigInteger.valueOf(i))).address());
    }
    return hosts;
  }

  private static Object within(Object[] a) {
    List<IpInterface> networks = new ArrayList<>();
    for (Object each : Iteration.over(a[1])) {
      String text = Texts.str(each);
      networks.add(
          IpInterface.parse(text)
              .filter(ip -> ip.network().equals(ip.value()))
              .orElseThrow(() -> noAddress(each, "network")));
    }
    List<Object> kept = new ArrayList<>();
    for (Object each : Iteration.over(a[0])) {
      IpInterface ip =
          IpInterface.parse(Texts.str(each)).orElseThrow(() -> noAddress(each, "address"));
      if (networks.stream().anyMatch(network -> network.contains(ip))) {
        kept.add(each);
      }
    }
    return kept;
  }

  private static RuntimeException noAddress(Object value, String what) {
    return Errors.value(Texts.repr(value) + " does not appear to be an IPv4 or IPv6 " + what);
  }

  private static Object wrap(Object value) {
    if (Iteration.possible(value) && !Texts.isText(value)) {
      List<Object> wrapped = new ArrayList<>();
      Iteration.over(value).forEach(item -> wrapped.add(wrap(item)));
      return wrapped;
    }
    boolean v6 = parse(value, IpInterface.V6, "").isPresent();
    return v6 ? "[" + Texts.str(value) + "]" : value;
  }

  private static Object mac(String text) {
    if (text.length() == 17) {
      char separator = text.charAt(2);
      return hexadecimal(text.replace(String.valueOf(separator), ""));
    } else if (text.length() == 12) {
      return hexadecimal(text);
    }
    throw Errors.value("Invalid MAC address");
  }

  private static Object hexadecimal(String digits) {
    Arithmetic.checkSize(digits.length());
    try {
      return Bytes.wrap(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      throw Errors.value("Invalid MAC address");
    }
  }
}
