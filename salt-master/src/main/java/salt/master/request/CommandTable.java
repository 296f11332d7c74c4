package salt.master.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import salt.common.payload.Fields;

/**
 * The commands that may be called from outside, by name. What is not in the table does not exist:
 * nothing is ever looked up by reflection.
 */
public final class CommandTable {
  private final Map<String, Handler> handlers = new LinkedHashMap<>();

  /** Carries out one command. */
  @FunctionalInterface
  public interface Handler {
    /** Answers a load whose sender was checked; nonce and token were taken out. */
    Reply handle(Fields load, Caller caller);
  }

  /** Allows a command; a name twice is a mistake in the wiring. */
  public CommandTable allow(String name, Handler handler) {
    if (handlers.put(name, handler) != null) {
      throw new IllegalArgumentException("command " + name + " is in the table already");
    }
    return this;
  }

  /** Allows a command that answers a value at once. */
  public CommandTable answer(String name, BiFunction<Fields, Caller, Object> handler) {
    return allow(name, (load, caller) -> Reply.of(handler.apply(load, caller)));
  }

  /** The handler of a command. */
  Optional<Handler> find(String name) {
    return Optional.ofNullable(handlers.get(name));
  }

  /** The names of all commands. */
  public Set<String> names() {
    return Set.copyOf(handlers.keySet());
  }
}
