package salt.common.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Turns a host's name into its addresses; tests put a changing one in its place. */
interface Resolver {
  /** The system's resolver, with whatever caching the JVM is configured to do. */
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** All addresses of {@code host}, preferred ones first. */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /**
   * The addresses that may be used: without {@code ipv6} only IPv4 ones.
   *
   * @throws TransportException when there is none
   */
  default List<InetAddress> usable(String host, boolean ipv6) {
    try {
      List<InetAddress> usable = new ArrayList<>();
      for (InetAddress address : resolve(host)) {
        if (ipv6 || address instanceof Inet4Address) {
          usable.add(address);
        }
      }
      if (usable.isEmpty()) {
        throw new TransportException(
            host + " has no " + (ipv6 ? "" : "IPv4 ") + "address" + (ipv6 ? "" : " (see ipv6)"));
      }
      return usable;
    } catch (UnknownHostException e) {
      throw new TransportException("the name " + host + " cannot be resolved", e);
    }
  }
}
