package salt.common.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** An address as Salt's grains spell it: no port, no scope, IPv6 in its shortest form. */
  static String plain(InetAddress address) {
    return address instanceof Inet6Address six ? shortest(six) : address.getHostAddress();
  }

  private static String shortest(Inet6Address address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = Short.toUnsignedInt(bytes.getShort());
    }
    int from = 0;
    int longest = 0;
    for (int start = 0; start < groups.length; start++) {
      int end = start;
      while (end < groups.length && groups[end] == 0) {
        end++;
      }
      if (end - start > longest) {
        from = start;
        longest = end - start;
      }
    }
    return longest < 2
        ? join(groups, 0, groups.length)
        : join(groups, 0, from) + "::" + join(groups, from + longest, groups.length);
  }

  private static String join(int[] groups, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Integer.toHexString(groups[i]))
        .collect(Collectors.joining(":"));
  }
}
