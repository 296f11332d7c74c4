package salt.minion.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;

/**
 * Waits until the name of a master can be resolved, as {@code retry_dns} and {@code
 * retry_dns_count} say. Where {@code retry_dns} is 0 real Salt goes to 127.0.0.1 instead; we leave
 * the name to the sign-in, which fails and is tried again.
 */
final class NameLookup {
  private static final Logger log = LoggerFactory.getLogger(NameLookup.class);

  private final Options options;
  private final Resolver resolver;
  private final Pause pause;

  /** Resolves a name. */
  @FunctionalInterface
  interface Resolver {
    /** The system's resolver. */
    Resolver SYSTEM = host -> InetAddress.getAllByName(host);

    Object resolve(String host) throws UnknownHostException;
  }

  NameLookup(Options options, Resolver resolver, Pause pause) {
    this.options = options;
    this.resolver = resolver;
    this.pause = pause;
  }

  /**
   * Waits for {@code host} to have an address.
   *
   * @return false when the tries are used up, or the minion ends
   */
  boolean await(String host) throws InterruptedException {
    Duration wait = Duration.ofMillis((long) (1000 * options.number("retry_dns")));
    boolean bounded = options.any("retry_dns_count") != null;
    int left = options.integer("retry_dns_count");
    while (!wait.isZero() && !isKnown(host)) {
      if (bounded && left-- <= 0) {
        log.error(
            "Master address: '{}' could not be resolved. Invalid or unresolveable address. Set"
                + " 'master' value in minion config.",
            host);
        return false;
      }
      log.error(
          "Master hostname: '{}' not found or not responsive. Retrying in {} seconds",
          host,
          options.text("retry_dns"));
      if (pause.endsIn(wait)) {
        return false;
      }
    }
    return true;
  }

  private boolean isKnown(String host) {
    try {
      resolver.resolve(host);
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
