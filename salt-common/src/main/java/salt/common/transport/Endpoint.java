package salt.common.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import salt.common.transport.Transport.Address;

/** ZeroMQ's spelling of addresses, and back. */
final class Endpoint {
  private static final String SCHEME = "tcp://";

  private Endpoint() {}

  /** Spells {@code address}, whose host may be a name, for a bind. */
  static String of(Address address) {
    return SCHEME + address;
  }

  /** Spells a resolved address for a connect. */
  static String of(InetAddress address, int port) {
    return of(new Address(address.getHostAddress(), port));
  }

  /** Reads an endpoint as ZeroMQ reports it. */
  static Address parse(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String host = endpoint.substring(SCHEME.length(), colon);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    return new Address(host, Integer.parseInt(endpoint.substring(colon + 1)));
  }

  /** An address as Salt's grains spell it: no port, no scope. */
  static String plain(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return address instanceof Inet6Address && scope >= 0 ? text.substring(0, scope) : text;
  }
}
