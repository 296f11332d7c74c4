package salt.cli.client;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import salt.common.config.Options;
import salt.master.cache.ConnectedMinions;
import salt.master.cache.MinionCache;

/** Tells of a minion that did not return whether it has lost its connection to the master. */
final class LostMinions {
  private final Options options;
  private final MinionCache cache;
  private Set<String> connected;

  /** For minions of the master on this machine. */
  LostMinions(Options options) {
    this.options = options;
    this.cache = new MinionCache(options.path("cachedir"), List::of, Clock.systemUTC());
  }

  /**
   * Whether the minion certainly has no connection: the master knows its grains, some minions are
   * connected, and it is not among them. False when this user may not look.
   */
  boolean contains(String id) {
    try {
      if (!options.flag("minion_data_cache") || cache.data(id) == null) {
        return false;
      }
      if (connected == null) {
        int port = options.integer("publish_port");
        connected = ConnectedMinions.ofThisMachine(cache, port).find().keySet();
      }
      return !connected.isEmpty() && !connected.contains(id);
    } catch (UncheckedIOException closed) {
      return false;
    }
  }
}
