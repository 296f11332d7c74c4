package salt.common.channel;

import java.time.Duration;
import java.util.Map;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;

/** A command line's way to the master beside it: requests and replies in clear. */
public final class ClearChannel {
  /** The version that current command lines say. */
  private static final int VERSION = 3;

  private final Transport.RequestClient client;

  /** Asks through {@code client}, which the caller closes. */
  public ClearChannel(Transport.RequestClient client) {
    this.client = client;
  }

  /**
   * Asks the master.
   *
   * @param load the map with {@code cmd} and, for most commands, the key of {@code .<user>_key}
   * @param timeout how long each try waits
   * @param tries how often the request is sent before giving up, at least once
   * @return the value of the reply
   * @throws TransportException when no try had a reply
   * @throws ChannelException when the reply is no value
   */
  public Object request(Map<?, ?> load, Duration timeout, int tries) {
    byte[] reply = Tries.ask(client, Envelope.clear(load, VERSION), timeout, tries);
    try {
      return MessagePack.unpack(reply);
    } catch (MalformedPayload e) {
      throw new ChannelException("the master's reply is not understood: " + e.getMessage(), e);
    }
  }
}
