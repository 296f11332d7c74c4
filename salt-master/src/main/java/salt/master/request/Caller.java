package salt.master.request;

import java.util.Optional;

/**
 * Who sent a request.
 *
 * @param minion the minion whose session sealed it; empty for requests in clear
 * @param peer address and port, for the log
 */
public record Caller(Optional<String> minion, String peer) {
  @Override
  public String toString() {
    return minion.map(id -> "minion " + id + " at " + peer).orElse(peer);
  }
}
