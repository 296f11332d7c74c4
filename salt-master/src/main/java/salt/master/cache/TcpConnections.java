package salt.master.cache;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TCP connections to a port of this machine, as the kernel lists them. */
final class TcpConnections {
  private static final Logger log = LoggerFactory.getLogger(TcpConnections.class);
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String ESTABLISHED = "01";

  private final int port;

  TcpConnections(int port) {
    this.port = port;
  }

  /** The addresses at the other ends. */
  Set<String> peers() {
    Set<String> peers = new HashSet<>();
    for (Path table : TABLES) {
      try {
        if (Files.isReadable(table)) {
          for (String line : Files.readAllLines(table)) {
            read(line.strip().split("\\s+"), peers);
          }
        }
      } catch (IOException e) {
        log.warn("{} cannot be read, so that no connection is seen: {}", table, e.toString());
      }
    }
    return peers;
  }

  private void read(String[] words, Set<String> peers) throws IOException {
    if (words.length < 4 || !words[3].equals(ESTABLISHED)) {
      return;
    }
    int colon = words[1].indexOf(':');
    if (Integer.parseInt(words[1].substring(colon + 1), 16) == port) {
      peers.add(address(words[2].substring(0, words[2].indexOf(':'))));
    }
  }

  /** The kernel shows words of four bytes, each in the order of a little-endian machine. */
  private static String address(String hexadecimal) throws IOException {
    byte[] bytes = new byte[hexadecimal.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int place = i / 4 * 4 + 3 - i % 4;
      bytes[place] = (byte) Integer.parseInt(hexadecimal.substring(2 * i, 2 * i + 2), 16);
    }
    return InetAddress.getByAddress(bytes).getHostAddress();
  }
}
