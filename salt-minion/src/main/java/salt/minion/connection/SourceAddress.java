package salt.minion.connection;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.ConfigException;
import salt.common.config.Options;

/** The address of this machine that a minion connects from. */
final class SourceAddress {
  private static final Logger log = LoggerFactory.getLogger(SourceAddress.class);

  private SourceAddress() {}

  /**
   * Finds it by {@code source_interface_name}, or else {@code source_address}; nothing leaves it to
   * the system. A device that is missing or down is warned of and passed over, as in Salt.
   *
   * @throws ConfigException when {@code source_address} is no address of the wanted kind
   */
  static Optional<InetAddress> find(Options options) {
    String device = options.text("source_interface_name", "");
    String address = options.text("source_address", "");
    if (!device.isEmpty()) {
      return ofDevice(device, options.flag("ipv6"));
    }
    return address.isEmpty() ? Optional.empty() : Optional.of(named(address, options));
  }

  private static Optional<InetAddress> ofDevice(String name, boolean ipv6) {
    try {
      NetworkInterface device = NetworkInterface.getByName(name);
      if (device == null) {
        log.warn("source_interface_name: there is no device {}; it is ignored", name);
        return Optional.empty();
      } else if (!device.isUp()) {
        log.warn("source_interface_name: device {} is down; it is ignored", name);
        return Optional.empty();
      }
      Optional<InetAddress> found =
          Collections.list(device.getInetAddresses()).stream()
              .filter(address -> isWanted(address, ipv6))
              .findFirst();
      if (found.isEmpty()) {
        log.warn(
            "source_interface_name: device {} has no {} address; it is ignored",
            name,
            ipv6 ? "IPv6" : "IPv4");
      }
      return found;
    } catch (SocketException e) {
      log.warn("source_interface_name: device {} cannot be used: {}", name, e.getMessage());
      return Optional.empty();
    }
  }

  private static InetAddress named(String name, Options options) {
    boolean ipv6 = options.flag("ipv6");
    try {
      return Arrays.stream(InetAddress.getAllByName(name))
          .filter(address -> ipv6 || isWanted(address, false))
          .findFirst()
          .orElseThrow(
              () -> new ConfigException("source_address: " + name + " is no IPv4 address"));
    } catch (UnknownHostException e) {
      throw new ConfigException("source_address: the name " + name + " cannot be resolved");
    }
  }

  private static boolean isWanted(InetAddress address, boolean ipv6) {
    return ipv6 ? address instanceof Inet6Address : address instanceof Inet4Address;
  }
}
