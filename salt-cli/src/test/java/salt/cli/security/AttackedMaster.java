package salt.cli.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.channel.ChannelSettings;
import salt.common.channel.MinionChannel;
import salt.common.channel.SignIn;
import salt.common.channel.SignInSettings;
import salt.common.config.ConfigLoader;
import salt.common.config.OptionCatalog;
import salt.common.config.Options;
import salt.common.config.Surroundings;
import salt.common.event.EventBusOptions;
import salt.common.event.EventClient;
import salt.common.event.EventSockets;
import salt.common.payload.MessagePack;
import salt.common.transport.SocketOptions;
import salt.common.transport.Transport;
import salt.common.transport.ZeroMqTransport;
import salt.master.Master;

/** A real master on loopback sockets with two accepted minions, for those who attack it. */
final class AttackedMaster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path directory;
  private final Options options;
  private final ZeroMqTransport transport = new ZeroMqTransport();
  private final Master master;
  private final Transport.RequestClient client;

  /** Starts a master in {@code directory} with Salt's defaults and {@code extra} options. */
  AttackedMaster(Path directory, Map<String, Object> extra) {
    this.directory = directory;
    Map<String, Object> all = new LinkedHashMap<>(defaults(directory.resolve("master"), "master"));
    all.put("interface", "127.0.0.1");
    all.put("publish_port", (long) freePort());
    all.put("ret_port", (long) freePort());
    all.put("auto_accept", true);
    all.putAll(extra);
    this.options = Options.of(all);
    this.master =
        Master.start(options, transport, System.getProperty("user.name"), Clock.systemUTC());
    this.client = transport.requests(address(), SocketOptions.DEFAULT);
  }

  private static Map<String, Object> defaults(Path root, String kind) {
    try {
      Path etc = Files.createDirectories(root.resolve("etc"));
      Files.writeString(etc.resolve(kind), "root_dir: " + root + "\nid: web1\n");
      ConfigLoader loader =
          new ConfigLoader(
              OptionCatalog.read(), Surroundings.ofThisProcess("salt-" + kind), Set.of());
      return (kind.equals("master") ? loader.master(etc) : loader.minion(etc)).options().asMap();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return directory.resolve("master");
  }

  Options options() {
    return options;
  }

  private Transport.Address address() {
    return new Transport.Address("127.0.0.1", options.integer("ret_port"));
  }

  /** A minion that has signed in, free to ask for what it likes. */
  MinionChannel minion(String id) {
    return minion(id, Clock.systemUTC());
  }

  /** A minion whose clock may be wrong. */
  MinionChannel minion(String id, Clock clock) {
    Map<String, Object> all = new LinkedHashMap<>(defaults(directory.resolve(id), "minion"));
    all.put("id", id);
    Options minion = Options.of(all);
    MinionChannel channel =
        new MinionChannel(
            new SignIn(SignInSettings.of(minion, Map.of()), new SecureRandom()),
            transport.requests(address(), SocketOptions.DEFAULT),
            ChannelSettings.of(minion),
            clock);
    channel.signIn();
    return channel;
  }

  /** Sends bytes as they are, and returns what comes back. */
  byte[] send(byte[] body) {
    return client.request(body, PATIENCE);
  }

  /** Sends a map in clear, and returns the value that comes back. */
  Object sendClear(Map<String, Object> load) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("enc", "clear");
    body.put("load", load);
    body.put("version", 3L);
    return MessagePack.unpack(send(MessagePack.NETWORK.pack(body)));
  }

  /** Whether the master still answers. */
  boolean isAlive() {
    return Map.of("cmd", "ping").equals(sendClear(Map.of("cmd", "ping")));
  }

  /** Listens on the event bus. */
  EventClient events() {
    EventClient events =
        new EventClient(
            EventSockets.master(options.path("sock_dir")),
            EventBusOptions.DEFAULT,
            Clock.systemUTC());
    events.listen();
    return events;
  }

  /** The files below the master's root, by their relative names. */
  List<String> files() {
    try (var files = Files.walk(root())) {
      return files.map(file -> root().relativize(file).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    master.close();
    transport.close();
  }
}
