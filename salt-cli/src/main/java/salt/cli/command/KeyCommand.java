package salt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.cli.output.Display;
import salt.cli.output.OutputOptions;
import salt.common.config.Options;
import salt.common.crypto.CryptoException;
import salt.master.key.KeyState;
import salt.master.key.KeyStore;
import salt.master.key.MinionKeys;
import salt.master.runner.MasterEvents;

/**
 * {@code salt-key}: shows and decides about the minions' keys, on the files in {@code pki_dir}.
 *
 * <p>No master has to run; one that does, of either implementation, sees the change, and its bus
 * carries {@code salt/key}. What was decided stands in {@code key_logfile} when {@code
 * log_level_logfile} is info or below.
 */
public final class KeyCommand implements Command<KeyRequest> {
  private static final Logger log = LoggerFactory.getLogger(KeyCommand.class);
  private static final int OK = 0;

  private final Clock clock;

  /** Makes the command; {@code clock} dates the events. */
  public KeyCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public int run(KeyRequest request, Terminal terminal) {
    try (MasterEvents events = new MasterEvents(request.options(), clock)) {
      KeyStore store = new KeyStore(request.options().path("pki_dir"));
      new Session(request, terminal, new MinionKeys(request.options(), store, events::fire)).run();
    } catch (UncheckedIOException | CryptoException e) {
      terminal.err().println("Error: " + cause(e));
    }
    return OK;
  }

  /** Salt shows the words of the system alone. */
  private static String cause(RuntimeException problem) {
    return problem.getCause() instanceof NoSuchFileException missing
        ? "[Errno 2] No such file or directory: '" + missing.getFile() + "'"
        : problem.getMessage();
  }

  /** One call. */
  private static final class Session {
    private final KeyRequest request;
    private final Options options;
    private final Terminal terminal;
    private final MinionKeys keys;
    private final Display display;

    Session(KeyRequest request, Terminal terminal, MinionKeys keys) {
      this.request = request;
      this.options = request.options();
      this.terminal = terminal;
      this.keys = keys;
      this.display =
          new Display(OutputOptions.of(options.asMap(), terminal.interactive()), terminal.out());
    }

    void run() {
      switch (request.action()) {
        case "list" -> show(list());
        case "print" -> show(keys.texts(keys.match(request.match())));
        case "finger" ->
            show(
                keys.fingerprints(
                    keys.matchWithLocal(request.match()), options.text("hash_type", "sha256")));
        case "gen_keys" -> show(result(new KeyMaking(options, terminal).pair(request.match())));
        case "gen_signature" -> show(result(new KeyMaking(options, terminal).signature()));
        default -> decide();
      }
    }

    private Map<String, List<String>> list() {
      Map<String, List<String>> found = new LinkedHashMap<>(keys.list(request.match()));
      found.remove(MinionKeys.LOCAL);
      return found;
    }

    private static Map<String, Object> result(Object value) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("return", value);
      return result;
    }

    private void decide() {
      Decision decision = Decision.of(request);
      Map<String, List<String>> chosen = decision.among(keys.match(request.match()));
      if (chosen.isEmpty()) {
        terminal
            .out()
            .println(
                "The key glob '"
                    + request.match()
                    + "' does not match any "
                    + decision.statesInWords()
                    + " keys.");
        return;
      }
      terminal.out().println("The following keys are going to be " + decision.done() + ":");
      show(chosen);
      if (options.flag("yes") || isConfirmed(decision)) {
        carryOut(decision, chosen)
            .values()
            .forEach(
                ids ->
                    ids.forEach(
                        id -> {
                          log.info("the key of minion {} was {}", id, decision.done());
                          terminal
                              .out()
                              .println("Key for minion " + id + " " + decision.done() + ".");
                        }));
      }
    }

    private boolean isConfirmed(Decision decision) {
      terminal.out().print("Proceed? " + (decision.isDelete() ? "[N/y] " : "[n/Y] "));
      terminal.out().flush();
      Optional<String> answer = terminal.readLine();
      if (answer.isEmpty()) {
        terminal.err().println("Error: EOF when reading a line");
        return false;
      }
      String word = answer.get().toLowerCase(Locale.ROOT);
      return word.isEmpty() ? !decision.isDelete() : word.startsWith("y");
    }

    /** The keys to name afterwards: deleted ones as they were, others where they are now. */
    private Map<String, List<String>> carryOut(
        Decision decision, Map<String, List<String>> chosen) {
      if (decision.isDelete()) {
        keys.delete(chosen);
        return chosen;
      } else if (decision.isReject()) {
        keys.reject(chosen, decision.states());
        return keys.whereNow(chosen);
      }
      List<String> invalid = keys.accept(chosen, decision.states());
      invalid.forEach(id -> terminal.err().println("Unable to accept invalid key for " + id + "."));
      Map<String, List<String>> accepted = new LinkedHashMap<>();
      chosen.forEach(
          (state, ids) -> {
            List<String> valid = new ArrayList<>(ids);
            valid.removeAll(invalid);
            accepted.put(state, valid);
          });
      return keys.whereNow(accepted);
    }

    private void show(Map<String, ?> data) {
      try {
        display.show("key", data);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the result: " + e, e);
      }
    }
  }

  /** What is to be done to keys of which states. */
  private record Decision(String action, List<KeyState> states, boolean denied, Options options) {
    static Decision of(KeyRequest request) {
      Options options = request.options();
      boolean all = options.flag("include_all");
      List<KeyState> states = new ArrayList<>(List.of(KeyState.PENDING));
      if (isIncluded(request, "reject", "include_accepted", all)) {
        states.add(KeyState.ACCEPTED);
      }
      if (isIncluded(request, "accept", "include_rejected", all)) {
        states.add(KeyState.REJECTED);
      }
      if (options.flag("include_denied")) {
        states.add(KeyState.DENIED);
      }
      return new Decision(request.action(), states, options.flag("include_denied"), options);
    }

    /** Accepting accepted keys means nothing, as does rejecting rejected ones. */
    private static boolean isIncluded(
        KeyRequest request, String action, String option, boolean all) {
      return switch (request.action()) {
        case "accept", "reject" ->
            request.action().equals(action) && (all || request.options().flag(option));
        default -> request.options().flag(option);
      };
    }

    boolean isDelete() {
      return action.equals("delete");
    }

    boolean isReject() {
      return action.equals("reject");
    }

    String done() {
      return isDelete() ? "deleted" : action + "ed";
    }

    /** Keys are deleted in any state. */
    Map<String, List<String>> among(Map<String, List<String>> matching) {
      if (isDelete()) {
        return matching;
      }
      Map<String, List<String>> chosen = new LinkedHashMap<>();
      for (KeyState state : states) {
        List<String> ids = matching.get(state.directory());
        if (ids != null) {
          chosen.put(state.directory(), ids);
        }
      }
      return chosen;
    }

    String statesInWords() {
      List<String> words =
          states.stream()
              .map(
                  state ->
                      switch (state) {
                        case PENDING -> "unaccepted";
                        case ACCEPTED -> "accepted";
                        case REJECTED -> "rejected";
                        case DENIED -> "denied";
                      })
              .toList();
      int last = words.size() - 1;
      return last == 0
          ? words.get(0)
          : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
  }
}
