package salt.minion.module;

import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.payload.MessagePack;
import salt.common.transport.SocketOptions;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;
import salt.common.transport.ZeroMqTransport;

/** Asks any master whether it is there, in clear: no key is needed. */
final class MasterPing {
  private static final Logger LOG = LoggerFactory.getLogger(MasterPing.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long VERSION = 3;

  private MasterPing() {}

  /** Whether the request port of a host answers within five seconds. */
  static boolean answers(String host, Options options) {
    Transport.Address address = new Transport.Address(host, options.integer("master_port"));
    byte[] question =
        MessagePack.BIN.pack(
            Map.of("enc", "clear", "load", Map.of("cmd", "ping"), "version", VERSION));
    try (Transport transport = new ZeroMqTransport();
        Transport.RequestClient client = transport.requests(address, SocketOptions.DEFAULT)) {
      client.request(question, PATIENCE);
      return true;
    } catch (TransportException e) {
      LOG.debug("the master at {} does not answer: {}", address, e.getMessage());
      return false;
    }
  }
}
