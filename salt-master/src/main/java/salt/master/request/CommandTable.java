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
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Carries out one command. */
  @FunctionalInterface
  public interface Handler {
    /** Answers a load whose sender was checked; nonce and token were taken out. */
    Reply handle(Fields load, Caller caller);
  }

  /**
   * A command of the table.
   *
   * @param needsProof whether the sender must have proved its id, which below protocol 3 only some
   *     requests do
   */
  record Entry(Handler handler, boolean needsProof) {}

  /** Allows a command to those who proved their id; a name twice is a mistake in the wiring. */
  public CommandTable allow(String name, Handler handler) {
    return put(name, new Entry(handler, true));
  }

  /** Allows a command that answers a value at once to those who proved their id. */
  public CommandTable answer(String name, BiFunction<Fields, Caller, Object> handler) {
    return allow(name, (load, caller) -> Reply.of(handler.apply(load, caller)));
  }

  /** Allows a command to which protocol 2 sends no token. */
  public CommandTable allowUnproven(String name, Handler handler) {
    return put(name, new Entry(handler, false));
  }

  /** Allows a command that answers a value at once, and to which protocol 2 sends no token. */
  public CommandTable answerUnproven(String name, BiFunction<Fields, Caller, Object> handler) {
    return allowUnproven(name, (load, caller) -> Reply.of(handler.apply(load, caller)));
  }

  private CommandTable put(String name, Entry entry) {
    if (entries.put(name, entry) != null) {
      throw new IllegalArgumentException("command " + name + " is in the table already");
    }
    return this;
  }

  /** The entry of a command. */
  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** The names of all commands. */
  public Set<String> names() {
    return Set.copyOf(entries.keySet());
  }
}
