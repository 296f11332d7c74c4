package salt.master.cache;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import salt.common.target.KnownMinions;
import salt.common.target.Minion;

/**
 * Which minions are connected, as far as can be told without asking them: those whose addresses, by
 * the grains that the master remembers, are at the other end of a connection to the publish port.
 *
 * <p>A minion behind address translation, or one whose grains are not known, is never found.
 */
public final class ConnectedMinions {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOOPBACK_6 = "::1";

  private final KnownMinions known;
  private final Supplier<? extends Collection<String>> peers;

  /**
   * Finds minions by the grains of {@code known}.
   *
   * @param peers gives the addresses that are connected now, without ports
   */
  public ConnectedMinions(KnownMinions known, Supplier<? extends Collection<String>> peers) {
    this.known = known;
    this.peers = peers;
  }

  /** Finds those connected to a port of this machine, whichever process has it. */
  public static ConnectedMinions ofThisMachine(KnownMinions known, int port) {
    return new ConnectedMinions(known, new TcpConnections(port)::peers);
  }

  /** The ids, sorted, each with the address it is connected from. */
  public Map<String, String> find() {
    Set<String> addresses = addresses();
    Map<String, String> found = new TreeMap<>();
    if (addresses.isEmpty()) {
      return found;
    }
    for (String id : known.cached()) {
      Minion minion = known.data(id);
      if (minion != null && minion.grains() != null) {
        match(minion.grains(), addresses).ifPresent(address -> found.put(id, address));
      }
    }
    return found;
  }

  /** Who is connected by the loopback has any address of this machine. */
  private Set<String> addresses() {
    Set<String> addresses = new HashSet<>();
    peers.get().forEach(peer -> addresses.add(canonical(peer)));
    if (addresses.removeAll(Set.of(LOOPBACK, canonical(LOOPBACK_6)))) {
      addresses.addAll(own());
    }
    return addresses;
  }

  private static Set<String> own() {
    Set<String> own = new HashSet<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(each.getInetAddresses())) {
          if (!address.isLoopbackAddress()) {
            own.add(canonical(address.getHostAddress()));
          }
        }
      }
    } catch (SocketException e) {
      // Without its own addresses, those on the loopback are not found.
      return Set.of();
    }
    return own;
  }

  private static Optional<String> match(Map<?, ?> grains, Set<String> addresses) {
    List<String> claimed = new ArrayList<>();
    for (String grain : List.of("ipv4", "ipv6")) {
      if (grains.get(grain) instanceof List<?> list) {
        list.forEach(address -> claimed.add(String.valueOf(address)));
      }
    }
    return claimed.stream()
        .filter(address -> !address.equals(LOOPBACK) && !address.equals(LOOPBACK_6))
        .filter(address -> addresses.contains(canonical(address)))
        .findFirst();
  }

  /** One spelling for an address; host names are not looked up. */
  private static String canonical(String address) {
    String plain = address.replaceFirst("%.*", "");
    if (plain.indexOf(':') < 0) {
      return plain;
    }
    try {
      return InetAddress.getByName(plain).getHostAddress().replaceFirst("%.*", "");
    } catch (UnknownHostException notAnAddress) {
      return plain;
    }
  }
}
