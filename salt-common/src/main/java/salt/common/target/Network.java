package salt.common.target;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An IP address or network as an {@code ipcidr} target names it, by Python's strict rules. */
final class Network {
  private static final Logger log = LoggerFactory.getLogger(Network.class);

  private final IpAddress address;
  private final int prefix;
  private final boolean single;

  private Network(IpAddress address, int prefix, boolean single) {
    this.address = address;
    this.prefix = prefix;
    this.single = single;
  }

  /**
   * Reads {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0}, {@code
   * 10.0.0.0/0.255.255.255}, {@code ::1} or {@code fe80::/10}.
   *
   * @return null, which is logged, when it is none of them, or has bits set behind the prefix
   */
  static Network of(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address != null && slash < 0) {
      return new Network(address, address.bits(), true);
    }
    int prefix = address == null ? -1 : prefix(text.substring(slash + 1), address.bits());
    if (prefix < 0 || prefix < address.bits() - trailingZeros(address)) {
      log.error("Invalid IP/CIDR target: {}", text);
      return null;
    }
    return new Network(address, prefix, false);
  }

  private static int trailingZeros(IpAddress address) {
    return address.value().signum() == 0 ? address.bits() : address.value().getLowestSetBit();
  }

  private static int prefix(String text, int bits) {
    if (!text.isEmpty() && text.length() < 4 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int prefix = Integer.parseInt(text);
      return prefix <= bits ? prefix : -1;
    }
    IpAddress mask = bits == 32 ? IpAddress.parse(text) : null;
    if (mask == null || mask.bits() != 32) {
      return -1;
    }
    BigInteger all = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    BigInteger inverted = mask.value().xor(all);
    // A net mask is ones then zeros, so its inverse plus one is a power of two; a host mask so too.
    if (inverted.add(BigInteger.ONE).bitCount() == 1) {
      return 32 - inverted.bitLength();
    }
    return mask.value().add(BigInteger.ONE).bitCount() == 1 ? 32 - mask.value().bitLength() : -1;
  }

  /** The grain that holds the addresses of this kind. */
  String grain() {
    return address.bits() == 32 ? "ipv4" : "ipv6";
  }

  /** Whether one of the addresses, a list or a single text, is this or in this network. */
  boolean containsAny(Object addresses) {
    if (addresses instanceof String text && single) {
      return text.contains(address.text());
    }
    Collection<?> all =
        addresses instanceof Collection<?> list
            ? list
            : addresses == null ? List.of() : List.of(addresses);
    for (Object item : all) {
      if (single ? address.text().equals(item) : contains(String.valueOf(item))) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(String text) {
    IpAddress other = IpAddress.parse(text);
    return other != null
        && other.bits() == address.bits()
        && other
            .value()
            .xor(address.value())
            .shiftRight(address.bits() - prefix)
            .equals(BigInteger.ZERO);
  }
}
