package salt.minion.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Reads {@code host}, {@code host:port}, an IPv6 address, or {@code [address]:port}. */
  public static MasterAddress parse(String entry, Options options) {
    int fallback = options.integer("master_port");
    Matcher bracketed = BRACKETED.matcher(entry.strip());
    Matcher withPort = WITH_PORT.matcher(entry.strip());
    if (bracketed.matches()) {
      return new MasterAddress(entry, bracketed.group(1), port(bracketed.group(2), fallback));
    } else if (withPort.matches()) {
      return new MasterAddress(entry, withPort.group(1), port(withPort.group(2), fallback));
    }
    return new MasterAddress(entry, entry.strip(), fallback);
  }

  private static int port(String text, int fallback) {
    return text == null ? fallback : Integer.parseInt(text);
  }

  /** The request port. */
  Transport.Address requests() {
    return new Transport.Address(host, requestPort);
  }

  /** The publish port: the configured one unless that is 4506, then what the master reported. */
  Transport.Address publications(Options options, int reported) {
    int configured = options.integer("publish_port");
    return new Transport.Address(host, configured == ASK ? reported : configured);
  }
}
