package salt.minion.module;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.List;

/** The TCP connections of this machine, as the kernel lists them. */
final class Connections {
  private static final String ESTABLISHED = "01";
  private static final int REMOTE = 2;
  private static final int STATE = 3;

  private final KernelFiles kernel;

  Connections(KernelFiles kernel) {
    this.kernel = kernel;
  }

  /** Whether there is a connection to this address and port. */
  boolean isConnected(InetAddress address, int port) throws IOException {
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (List<String> words : rows(table)) {
        if (words.size() > STATE
            && words.get(STATE).equals(ESTABLISHED)
            && isAt(words.get(REMOTE), address, port)) {
          return true;
        }
      }
    }
    return false;
  }

  private List<List<String>> rows(String table) throws IOException {
    try {
      return kernel.words(table);
    } catch (NoSuchFileException noSuchProtocol) {
      return List.of();
    }
  }

  /** {@code end} is an address in hexadecimal, by words of the machine's order, and a port. */
  private static boolean isAt(String end, InetAddress address, int port) throws IOException {
    int colon = end.indexOf(':');
    ByteBuffer listed = ByteBuffer.wrap(HexFormat.of().parseHex(end.substring(0, colon)));
    ByteBuffer bytes = ByteBuffer.allocate(listed.capacity());
    while (listed.hasRemaining()) {
      bytes.order(ByteOrder.BIG_ENDIAN).putInt(listed.order(ByteOrder.nativeOrder()).getInt());
    }
    return Integer.parseInt(end.substring(colon + 1), 16) == port
        && InetAddress.getByAddress(bytes.array()).equals(address);
  }
}
