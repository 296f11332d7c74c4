package salt.common.channel;

import java.time.Duration;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;

/** Sends the same request again when there was no reply. */
final class Tries {
  private Tries() {}

  static byte[] ask(Transport.RequestClient client, byte[] body, Duration timeout, int tries) {
    for (int left = tries; ; left--) {
      try {
        return client.request(body, timeout);
      } catch (TransportException e) {
        if (left <= 1) {
          throw e;
        }
      }
    }
  }
}
