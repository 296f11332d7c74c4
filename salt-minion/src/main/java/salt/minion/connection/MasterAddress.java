package salt.minion.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.config.ConfigException;
import salt.common.config.Options;
import salt.common.transport.Transport;

/**
 * Where a master is: what one entry of the option {@code master} says.
 *
 * @param name the entry as configured
 * @param host a name or address, IPv6 without brackets
 * @param requestPort the port of its request server ({@code master_port} unless the entry has one)
 */
public record MasterAddress(String name, String host, int requestPort) {
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]+)\\](?::(\\d+))?");
  private static final Pattern WITH_PORT = Pattern.compile("([^:]+):(\\d+)");

  /** The default of {@code master_port}: as {@code publish_port} it means "ask the master". */
  private static final int ASK = 4506;

  /**
   * Reads {@code host}, {@code host:port}, an IPv6 address, or {@code [address]:port}; with {@code
   * master_uri_format: ip_only} an address without a port.
   *
   * @throws ConfigException when there is no host, or the port is none
   */
  public static MasterAddress parse(String entry, Options options) {
    int fallback = options.integer("master_port");
    if (entry.isBlank()) {
      throw new ConfigException("option master: an entry is empty");
    } else if ("ip_only".equals(options.text("master_uri_format"))) {
      return new MasterAddress(entry, entry.strip(), fallback);
    }
    Matcher bracketed = BRACKETED.matcher(entry.strip());
    Matcher withPort = WITH_PORT.matcher(entry.strip());
    if (bracketed.matches()) {
      return new MasterAddress(
          entry, bracketed.group(1), port(entry, bracketed.group(2), fallback));
    } else if (withPort.matches()) {
      return new MasterAddress(entry, withPort.group(1), port(entry, withPort.group(2), fallback));
    }
    return new MasterAddress(entry, entry.strip(), fallback);
  }

  private static int port(String entry, String text, int fallback) {
    if (text == null) {
      return fallback;
    }
    int port = text.length() > 5 ? 0 : Integer.parseInt(text);
    if (port < 1 || port > 65535) {
      throw new ConfigException("option master: " + entry + " has no port from 1 to 65535");
    }
    return port;
  }

  /** The options as seen by modules that run for this master: it is their only one. */
  public Options applied(Options options) {
    return options
        .with("master", host)
        .with("master_port", (long) requestPort)
        .with("master_uri", "tcp://" + requests());
  }

  /** The request port. */
  Transport.Address requests() {
    return new Transport.Address(host, requestPort);
  }

  /** The publish port: the configured one unless that is 4506 or unset, else the reported one. */
  Transport.Address publications(Options options, int reported) {
    int configured = options.integer("publish_port");
    boolean ask = configured == 0 || configured == ASK;
    return new Transport.Address(host, ask ? reported : configured);
  }
}
