package salt.master.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.config.Options;
import salt.common.crypto.RsaPrivateKey;
import salt.common.loader.CallException;
import salt.common.payload.Fields;
import salt.common.payload.PythonText;
import salt.master.key.KeyState;
import salt.master.key.MinionKeys;

/** The functions of the command {@code wheel}; what is not listed here does not exist. */
final class WheelFunctions {
  private static final int SMALLEST_KEY = 2048;

  private final Options options;
  private final MinionKeys keys;
  private final Map<String, Wheel> functions = new LinkedHashMap<>();

  /** One function. */
  private record Wheel(List<String> parameters, Body body) {}

  /** What it does with its arguments. */
  private interface Body {
    Object call(Fields arguments);
  }

  WheelFunctions(Options options, MinionKeys keys) {
    this.options = options;
    this.keys = keys;
    List<String> accepting = List.of("match", "include_rejected", "include_denied");
    List<String> rejecting = List.of("match", "include_accepted", "include_denied");
    List<String> match = List.of("match");
    add("config.values", List.of(), given -> options.asMap());
    add("key.list", match, given -> keys.list(given.text("match")));
    add("key.list_all", List.of(), given -> keys.listWithLocal());
    add("key.name_match", match, given -> keys.match(text(given)));
    add("key.print", match, given -> keys.texts(keys.match(text(given))));
    add("key.accept", accepting, this::accept);
    add("key.accept_dict", accepting, this::accept);
    add("key.reject", rejecting, this::reject);
    add("key.reject_dict", rejecting, this::reject);
    add("key.delete", match, this::delete);
    add("key.delete_dict", match, this::delete);
    add("key.finger", List.of("match", "hash_type"), this::finger);
    add("key.finger_master", List.of("hash_type"), this::fingerMaster);
    add("key.gen", List.of("id_", "keysize"), given -> pair(generate(given)));
    add("key.gen_accept", List.of("id_", "keysize", "force"), this::generateAccepted);
  }

  private void add(String name, List<String> parameters, Body body) {
    functions.put(name, new Wheel(parameters, body));
  }

  /**
   * Calls a function.
   *
   * @param arguments by name
   * @throws CallException when there is no such function, or it has no such parameter
   */
  Object call(String name, Map<String, Object> arguments) {
    Wheel wheel = functions.get(name);
    if (wheel == null) {
      throw new CallException(CallException.Kind.NOT_AVAILABLE, "'" + name + "' is not available.");
    }
    for (String given : arguments.keySet()) {
      if (!wheel.parameters.contains(given)) {
        throw new CallException(
            CallException.Kind.UNKNOWN_KEYWORDS,
            "'" + given + "' is an invalid keyword argument for '" + name + "'");
      }
    }
    return wheel.body.call(Fields.of("wheel " + name, arguments));
  }

  private static String text(Fields given) {
    return given.any("match") instanceof List<?> list
        ? String.join(",", list.stream().map(PythonText::str).toList())
        : given.text("match");
  }

  /** Keys by state as they are given, or those that a glob matches. */
  private Map<String, List<String>> chosen(Fields given) {
    if (!(given.any("match") instanceof Map<?, ?> states)) {
      return keys.match(text(given));
    }
    Map<String, List<String>> chosen = new LinkedHashMap<>();
    states.forEach(
        (state, ids) ->
            chosen.put(
                PythonText.str(state),
                ids instanceof List<?> list
                    ? list.stream().map(PythonText::str).toList()
                    : List.of(PythonText.str(ids))));
    return chosen;
  }

  /** What has become of the keys: found by the same glob, or where they are now. */
  private Map<String, List<String>> after(Fields given, Map<String, List<String>> chosen) {
    return given.any("match") instanceof Map ? keys.whereNow(chosen) : keys.match(text(given));
  }

  private Object accept(Fields given) {
    Map<String, List<String>> chosen = chosen(given);
    keys.accept(chosen, states(given, "include_rejected", KeyState.REJECTED));
    return after(given, chosen);
  }

  private Object reject(Fields given) {
    Map<String, List<String>> chosen = chosen(given);
    keys.reject(chosen, states(given, "include_accepted", KeyState.ACCEPTED));
    return after(given, chosen);
  }

  private Object delete(Fields given) {
    Map<String, List<String>> chosen = chosen(given);
    keys.delete(chosen);
    return after(given, chosen);
  }

  private static List<KeyState> states(Fields given, String option, KeyState included) {
    List<KeyState> states = new ArrayList<>(List.of(KeyState.PENDING));
    if (given.flag(option, false)) {
      states.add(included);
    }
    if (given.flag("include_denied", false)) {
      states.add(KeyState.DENIED);
    }
    return states;
  }

  private Object finger(Fields given) {
    return keys.fingerprints(keys.matchWithLocal(text(given)), hashType(given));
  }

  private Object fingerMaster(Fields given) {
    Map<String, List<String>> own =
        Map.of(
            MinionKeys.LOCAL,
            keys.listWithLocal().get(MinionKeys.LOCAL).stream()
                .filter(name -> name.equals("master.pub"))
                .toList());
    return keys.fingerprints(own, hashType(given));
  }

  private String hashType(Fields given) {
    return given.any("hash_type") instanceof String asked
        ? asked
        : options.text("hash_type", "sha256");
  }

  private static RsaPrivateKey generate(Fields given) {
    Object size = given.any("keysize");
    int bits = size == null ? SMALLEST_KEY : Integer.parseInt(PythonText.str(size));
    return RsaPrivateKey.generate(Math.max(SMALLEST_KEY, bits));
  }

  private static Map<String, Object> pair(RsaPrivateKey key) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put("priv", key.text());
    pair.put("pub", key.publicKey().text());
    return pair;
  }

  /** Only the public half stays here. */
  private Object generateAccepted(Fields given) {
    RsaPrivateKey key = generate(given);
    boolean placed =
        keys.addAccepted(given.text("id_"), key.publicKey().text(), given.flag("force", false));
    return placed ? pair(key) : Map.of();
  }
}
