package salt.minion.grain;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import salt.common.config.Options;

/** The machine's names, interfaces, addresses, gateways and name servers. */
final class NetworkGrains {
  private final Machine machine;
  private final Options options;
  private final Interfaces interfaces;

  NetworkGrains(Machine machine, Options options) {
    this.machine = machine;
    this.options = options;
    this.interfaces = Interfaces.read(machine);
  }

  Map<String, Object> collect() {
    Map<String, Object> grains = new LinkedHashMap<>(new Gateways(machine).collect());
    grains.put("dns", new Resolver(machine).collect());
    HostName name = HostName.read(machine);
    boolean reverse = !Boolean.FALSE.equals(options.any("enable_fqdns_grains"));
    grains.put("fqdns", reverse ? HostName.namesOf(interfaces.all()) : List.of());
    grains.put("localhost", name.host());
    grains.put("fqdn", name.full());
    grains.put("host", name.full().split("\\.", 2)[0]);
    grains.put("domain", name.domain());
    grains.put("hwaddr_interfaces", interfaces.hardware());
    grains.put("ip4_interfaces", interfaces.each(Interfaces.Link::ip4));
    grains.put("ip6_interfaces", interfaces.each(Interfaces.Link::ip6));
    grains.put("ip_interfaces", interfaces.each(NetworkGrains::both));
    grains.put("ipv4", sorted(Interfaces.Link::ip4));
    grains.put("ipv6", sorted(Interfaces.Link::ip6));
    List<InetAddress> resolved = resolve(name.full());
    grains.put("fqdn_ip4", texts(resolved, Inet4Address.class));
    grains.put("fqdn_ip6", texts(resolved, Inet6Address.class));
    return grains;
  }

  private static List<InetAddress> both(Interfaces.Link link) {
    List<InetAddress> both = new ArrayList<>(link.ip4());
    both.addAll(link.ip6());
    return both;
  }

  private List<String> sorted(Function<Interfaces.Link, List<InetAddress>> family) {
    return interfaces.links().stream()
        .flatMap(link -> family.apply(link).stream())
        .sorted(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned))
        .map(Interfaces::text)
        .distinct()
        .toList();
  }

  private static List<InetAddress> resolve(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException unknown) {
      return List.of();
    }
  }

  private static List<String> texts(List<InetAddress> addresses, Class<?> family) {
    return addresses.stream().filter(family::isInstance).map(Interfaces::text).distinct().toList();
  }
}
