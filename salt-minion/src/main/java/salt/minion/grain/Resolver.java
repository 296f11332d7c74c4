package salt.minion.grain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration of name resolution; that of systemd's resolver where it runs. */
final class Resolver {
  private static final String OF_SYSTEMD = "/run/systemd/resolve/resolv.conf";

  private final List<String> servers = new ArrayList<>();
  private final List<String> sortlist = new ArrayList<>();
  private List<String> search = List.of();
  private List<String> settings = List.of();
  private String domain = "";

  Resolver(Machine machine) {
    String file = machine.exists(OF_SYSTEMD) ? OF_SYSTEMD : "/etc/resolv.conf";
    for (String line : machine.lines(file)) {
      read(line.replaceFirst("[#;].*", "").strip());
    }
  }

  private void read(String line) {
    List<String> words = new ArrayList<>(Arrays.asList(line.split("\\s+", -1)));
    String directive = words.remove(0);
    if (words.isEmpty()) {
      return;
    }
    switch (directive) {
      case "nameserver" -> {
        if (!servers.contains(words.get(0))) {
          servers.add(words.get(0));
        }
      }
      case "domain" -> domain = words.get(0);
      case "search" -> search = words;
      case "options" -> settings = words;
      case "sortlist" -> sortlist.addAll(words);
      default -> {}
    }
  }

  Map<String, Object> collect() {
    Map<String, Object> dns = new LinkedHashMap<>();
    dns.put("nameservers", servers);
    dns.put("ip4_nameservers", servers.stream().filter(server -> !server.contains(":")).toList());
    dns.put("ip6_nameservers", servers.stream().filter(server -> server.contains(":")).toList());
    dns.put("sortlist", sortlist);
    dns.put("domain", domain);
    dns.put("search", search);
    dns.put("options", settings);
    return dns;
  }
}
