package salt.master.auth;

import java.util.Map;
import java.util.Optional;

/**
 * Whether a caller may do what it asks for.
 *
 * @param error Salt's name of the failure; empty when allowed
 * @param reason one sentence for the log; never sent to the caller
 */
public record Verdict(Optional<String> error, String reason) {
  /** Allowed. */
  public static final Verdict ALLOWED = new Verdict(Optional.empty(), "");

  /** Not who it says it is. */
  static Verdict notAuthenticated(String reason) {
    return new Verdict(Optional.of("AuthenticationError"), reason);
  }

  /** Known, but not allowed to do this. */
  static Verdict notAuthorized(String reason) {
    return new Verdict(Optional.of("AuthorizationError"), reason);
  }

  /** Whether the caller may go on. */
  public boolean isAllowed() {
    return error.isEmpty();
  }

  /** What Salt answers to a caller that may not. */
  public Map<String, Object> reply() {
    String name = error.orElseThrow();
    String word = name.equals("AuthorizationError") ? "Authorization" : "Authentication";
    return Map.of("error", Map.of("name", name, "message", word + " error occurred."));
  }
}
