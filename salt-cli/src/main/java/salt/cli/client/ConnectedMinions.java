package salt.cli.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.config.Options;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;

/**
 * Which minions hold a connection to the publish port: those whose addresses, by the grains that
 * the master remembers, are at the other end of one.
 */
final class ConnectedMinions {
  private static final String ESTABLISHED = "01";
  private static final String LOOPBACK = "127.0.0.1";

  private final Options options;
  private Set<String> connected;

  ConnectedMinions(Options options) {
    this.options = options;
  }

  /**
   * Whether the minion certainly has no connection: the master knows its grains, some minions are
   * connected, and it is not among them.
   */
  boolean hasLost(String id) {
    if (!options.flag("minion_data_cache") || !Files.exists(data(id))) {
      return false;
    }
    if (connected == null) {
      connected = find();
    }
    return !connected.isEmpty() && !connected.contains(id);
  }

  private Path data(String id) {
    return minions().resolve(id).resolve("data.p");
  }

  private Path minions() {
    return options.path("cachedir").resolve("minions");
  }

  private Set<String> find() {
    Set<String> ids = new HashSet<>();
    try {
      Set<String> peers = peers();
      try (DirectoryStream<Path> directories = Files.newDirectoryStream(minions())) {
        for (Path directory : directories) {
          String id = directory.getFileName().toString();
          if (addresses(id).stream().anyMatch(peers::contains)) {
            ids.add(id);
          }
        }
      }
    } catch (IOException e) {
      // Not to be known here, for example to a user who may not look into the cache.
      ids.clear();
    }
    return ids;
  }

  private List<String> addresses(String id) throws IOException {
    List<String> addresses = new ArrayList<>();
    if (Files.isReadable(data(id))) {
      try {
        Object value = MessagePack.unpack(Files.readAllBytes(data(id)));
        if (value instanceof Map<?, ?> known && known.get("grains") instanceof Map<?, ?> grains) {
          add(grains.get("ipv4"), addresses);
          add(grains.get("ipv6"), addresses);
        }
      } catch (MalformedPayload e) {
        throw new IOException("the grains of " + id + " are not understood", e);
      }
    }
    addresses.remove(LOOPBACK);
    addresses.remove("::1");
    return addresses;
  }

  private static void add(Object list, List<String> addresses) throws IOException {
    if (list instanceof List<?> items) {
      for (Object item : items) {
        addresses.add(item instanceof String text ? canonical(text) : String.valueOf(item));
      }
    }
  }

  private static String canonical(String address) throws IOException {
    boolean literal = address.indexOf(':') >= 0 || address.matches("[0-9.]+");
    return literal ? InetAddress.getByName(address).getHostAddress() : address;
  }

  /** The other ends of the connections to the publish port. */
  private Set<String> peers() throws IOException {
    Set<String> peers = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      Path path = Path.of(table);
      if (Files.isReadable(path)) {
        for (String line : Files.readAllLines(path)) {
          read(line.strip().split("\\s+"), peers);
        }
      }
    }
    if (peers.remove(LOOPBACK)) {
      addOwn(peers);
    }
    return peers;
  }

  private void read(String[] words, Set<String> peers) throws IOException {
    if (words.length < 4 || !words[3].equals(ESTABLISHED)) {
      return;
    }
    String port = words[1].substring(words[1].indexOf(':') + 1);
    if (Integer.parseInt(port, 16) == options.integer("publish_port")) {
      peers.add(address(words[2].substring(0, words[2].indexOf(':'))));
    }
  }

  /** An address as the kernel shows it: words of four bytes, each in the machine's order. */
  private static String address(String hex) throws IOException {
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int place = i / 4 * 4 + 3 - i % 4;
      bytes[place] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    return InetAddress.getByAddress(bytes).getHostAddress();
  }

  private static void addOwn(Set<String> peers) throws IOException {
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(each.getInetAddresses())) {
        peers.add(address.getHostAddress().replaceFirst("%.*", ""));
      }
    }
  }
}
