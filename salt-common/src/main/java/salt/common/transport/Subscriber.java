package salt.common.transport;

import java.util.List;
import salt.common.transport.Transport.SubscriptionListener;

/** Who subscribes, and to what. */
record Subscriber(List<byte[]> prefixes, SubscriptionListener listener) {
  Subscriber {
    prefixes = prefixes.stream().map(byte[]::clone).toList();
  }
}
