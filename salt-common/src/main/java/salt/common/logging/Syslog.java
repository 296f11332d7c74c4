package salt.common.logging;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import salt.common.config.ConfigException;

/** A syslog server, reached by {@code udp://host[:port][/LOG_FACILITY]} or {@code tcp://...}. */
final class Syslog implements LogTarget {
  private static final int PORT = 514;
  private static final int USER = 1;
  private static final List<String> FACILITIES =
      List.of(
          "KERN",
          "USER",
          "MAIL",
          "DAEMON",
          "AUTH",
          "SYSLOG",
          "LPR",
          "NEWS",
          "UUCP",
          "CRON",
          "AUTHPRIV",
          "FTP",
          "NTP",
          "SECURITY",
          "CONSOLE",
          "SOLCRON",
          "LOCAL0",
          "LOCAL1",
          "LOCAL2",
          "LOCAL3",
          "LOCAL4",
          "LOCAL5",
          "LOCAL6",
          "LOCAL7");

  private final int facility;
  private final DatagramSocket datagrams;
  private final Socket stream;

  private Syslog(int facility, DatagramSocket datagrams, Socket stream) {
    this.facility = facility;
    this.datagrams = datagrams;
    this.stream = stream;
  }

  /** Whether a log target is an address rather than a file. */
  static boolean isAddress(String target) {
    return target.matches("(tcp|udp|file)://.*");
  }

  /**
   * Connects to a server.
   *
   * @throws ConfigException for an address that is wrong or cannot be used
   */
  static Syslog open(String address) throws IOException {
    URI uri = URI.create(address);
    if (uri.getScheme().equals("file") || uri.getHost() == null) {
      throw new ConfigException(
          "log_file: " + address + " cannot be used; give a file, or syslog by udp://host");
    }
    int facility = facility(uri.getPath());
    InetSocketAddress server =
        new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort());
    if (uri.getScheme().equals("tcp")) {
      return new Syslog(facility, null, new Socket(server.getAddress(), server.getPort()));
    }
    DatagramSocket datagrams = new DatagramSocket();
    datagrams.connect(server);
    return new Syslog(facility, datagrams, null);
  }

  private static int facility(String path) {
    String name = path.replaceFirst("^/", "").toUpperCase(Locale.ROOT);
    if (name.isEmpty()) {
      return USER;
    }
    int facility = name.startsWith("LOG_") ? FACILITIES.indexOf(name.substring(4)) : -1;
    if (facility < 0) {
      throw new ConfigException("log_file: there is no syslog facility " + name);
    }
    return facility;
  }

  @Override
  public void write(LogLevel level, String line) throws IOException {
    int priority = facility * 8 + severity(level);
    byte[] content = ("<" + priority + ">" + line + "\0").getBytes(StandardCharsets.UTF_8);
    if (stream == null) {
      datagrams.send(new DatagramPacket(content, content.length));
    } else {
      stream.getOutputStream().write(content);
    }
  }

  private static int severity(LogLevel level) {
    return switch (level) {
      case CRITICAL -> 2;
      case ERROR -> 3;
      case INFO -> 6;
      case DEBUG -> 7;
      default -> 4;
    };
  }

  @Override
  public void close() throws IOException {
    if (stream == null) {
      datagrams.close();
    } else {
      stream.close();
    }
  }
}
