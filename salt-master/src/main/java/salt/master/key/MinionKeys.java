package salt.master.key;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.crypto.CryptoException;
import salt.common.crypto.Fingerprint;
import salt.common.crypto.RsaPublicKey;
import salt.common.pattern.Glob;

/**
 * What operators do with the minions' keys, by {@code salt-key} or by the wheel functions {@code
 * key.*}.
 *
 * <p>Keys are given as Salt shows them: a map from the state's directory ({@code minions}, {@code
 * minions_pre}, {@code minions_rejected}, {@code minions_denied}, or {@code local} for the master's
 * own) to ids, sorted without regard to case.
 */
public final class MinionKeys {
  /** The name under which the master's own keys are listed. */
  public static final String LOCAL = "local";

  private static final Logger log = LoggerFactory.getLogger(MinionKeys.class);
  private static final String EVENT = "salt/key";

  private final Options options;
  private final KeyStore keys;
  private final BiConsumer<String, Map<String, Object>> events;
  private final MinionCaches caches;

  /**
   * Works on {@code keys} by {@code options}.
   *
   * @param events takes the tag and data of {@code salt/key} after each change
   */
  public MinionKeys(
      Options options, KeyStore keys, BiConsumer<String, Map<String, Object>> events) {
    this.options = options;
    this.keys = keys;
    this.events = events;
    this.caches = new MinionCaches(options);
  }

  /** All minions' keys; every state is there, if empty. */
  public Map<String, List<String>> list() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (KeyState state : KeyState.values()) {
      all.put(state.directory(), sorted(keys.list(state)));
    }
    return all;
  }

  /** All minions' keys and the master's own. */
  public Map<String, List<String>> listWithLocal() {
    Map<String, List<String>> all = list();
    all.put(LOCAL, sorted(keys.local()));
    return all;
  }

  /**
   * The keys of one kind.
   *
   * @param kind begins with acc, pre, un, rej, den or all; for others there are none
   */
  public Map<String, List<String>> list(String kind) {
    if (kind.startsWith("all")) {
      return listWithLocal();
    }
    Map<String, List<String>> found = new LinkedHashMap<>();
    KeyState.ofKind(kind)
        .ifPresent(state -> found.put(state.directory(), sorted(keys.listPresent(state))));
    return found;
  }

  /**
   * The minions' keys that match; states without any are left out.
   *
   * @param match a glob, or several with commas between; Salt lists an id once for each of them
   */
  public Map<String, List<String>> match(String match) {
    return match(match, list());
  }

  /** Likewise, of the minions' keys and the master's own. */
  public Map<String, List<String>> matchWithLocal(String match) {
    return match(match, listWithLocal());
  }

  private static Map<String, List<String>> match(String match, Map<String, List<String>> all) {
    List<Glob> globs = new ArrayList<>();
    for (String part : match.split(",", -1)) {
      globs.add(Glob.of(part));
    }
    Map<String, List<String>> found = new LinkedHashMap<>();
    all.forEach(
        (state, ids) -> {
          List<String> matching =
              ids.stream()
                  .flatMap(id -> globs.stream().filter(glob -> glob.matches(id)).map(by -> id))
                  .toList();
          if (!matching.isEmpty()) {
            found.put(state, matching);
          }
        });
    return found;
  }

  /** Where the keys of these ids are now; an id is listed once for each state given for it. */
  public Map<String, List<String>> whereNow(Map<String, List<String>> given) {
    Map<String, List<String>> now = list();
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (List<String> ids : given.values()) {
      for (String id : sorted(ids)) {
        now.forEach(
            (state, present) -> {
              if (present.contains(id)) {
                found.computeIfAbsent(state, name -> new ArrayList<>()).add(id);
              }
            });
      }
    }
    return found;
  }

  /**
   * Accepts keys.
   *
   * @param given those to accept
   * @param from states to accept from, in this order; others are left alone
   * @return the ids whose key is no RSA key and stayed where it was
   */
  public List<String> accept(Map<String, List<String>> given, List<KeyState> from) {
    List<String> invalid = new ArrayList<>();
    for (KeyState state : from) {
      for (String id : given.getOrDefault(state.directory(), List.of())) {
        Optional<String> text = keys.read(state, id);
        if (text.isEmpty()) {
          continue;
        }
        if (!isKey(text.get())) {
          log.error("Invalid RSA public key: {}", id);
          invalid.add(id);
        } else if (keys.move(id, state, KeyState.ACCEPTED)) {
          announce("accept", id);
        }
      }
    }
    return invalid;
  }

  private static boolean isKey(String text) {
    try {
      RsaPublicKey.parse(text);
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  /**
   * Rejects keys, forgets what the master cached of ids without a key, and has the AES key changed
   * if {@code rotate_aes_key} says so.
   *
   * @param given those to reject
   * @param from states to reject from, in this order; others are left alone
   */
  public void reject(Map<String, List<String>> given, List<KeyState> from) {
    for (KeyState state : from) {
      for (String id : given.getOrDefault(state.directory(), List.of())) {
        if (keys.move(id, state, KeyState.REJECTED)) {
          announce("reject", id);
        }
      }
    }
    caches.keep(list(), List.of());
    rotateAesKey();
  }

  /**
   * Deletes keys, with what the master cached of ids without a key ({@code preserve_minions} spares
   * the accepted ones of {@code given}), and has the AES key changed if {@code rotate_aes_key} says
   * so.
   */
  public void delete(Map<String, List<String>> given) {
    given.forEach(
        (name, ids) ->
            KeyState.ofDirectory(name)
                .ifPresent(
                    state -> {
                      for (String id : ids) {
                        if (keys.delete(state, id)) {
                          announce("delete", id);
                        }
                      }
                    }));
    boolean preserve = Boolean.TRUE.equals(options.any("preserve_minions"));
    caches.keep(
        list(),
        preserve ? given.getOrDefault(KeyState.ACCEPTED.directory(), List.of()) : List.of());
    rotateAesKey();
  }

  /**
   * Deletes every key of one minion, as it asked for itself, and has the AES key changed if {@code
   * rotate_aes_key} says so: otherwise it could still read what is published. What is cached of it
   * stays.
   *
   * @return false when it has none
   */
  public boolean revoke(String id) {
    boolean found = false;
    for (KeyState state : KeyState.values()) {
      if (keys.delete(state, id)) {
        announce("delete", id);
        found = true;
      }
    }
    rotateAesKey();
    return found;
  }

  /**
   * Accepts a key that was made for a minion.
   *
   * @param replacing whether one that is accepted already gives way
   * @return false when there is one already and it stays
   * @throws IllegalArgumentException when the id is not valid
   */
  public boolean addAccepted(String id, String publicKey, boolean replacing) {
    if (!replacing && keys.read(KeyState.ACCEPTED, id).isPresent()) {
      return false;
    }
    keys.write(KeyState.ACCEPTED, id, publicKey);
    return true;
  }

  /** The texts of keys by state and id. */
  public Map<String, Map<String, String>> texts(Map<String, List<String>> given) {
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    given.forEach(
        (state, ids) -> {
          Map<String, String> byId = new LinkedHashMap<>();
          ids.forEach(id -> text(state, id).ifPresent(text -> byId.put(id, text)));
          texts.put(state, byId);
        });
    return texts;
  }

  /**
   * The fingerprints of keys by state and id.
   *
   * @param hashType {@code hash_type}
   */
  public Map<String, Map<String, String>> fingerprints(
      Map<String, List<String>> given, String hashType) {
    Map<String, Map<String, String>> prints = texts(given);
    prints.values().forEach(byId -> byId.replaceAll((id, text) -> Fingerprint.of(text, hashType)));
    return prints;
  }

  private Optional<String> text(String state, String id) {
    return state.equals(LOCAL)
        ? keys.readLocal(id)
        : KeyState.ofDirectory(state).flatMap(known -> keys.read(known, id));
  }

  private void announce(String act, String id) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("result", true);
    data.put("act", act);
    data.put("id", id);
    events.accept(EVENT, data);
  }

  private void rotateAesKey() {
    if (options.flag("rotate_aes_key")) {
      new DropFile(Path.of(options.text("cachedir"))).drop();
    }
  }

  /** Sorted without regard to case. */
  private static List<String> sorted(List<String> ids) {
    return ids.stream()
        .sorted(
            Comparator.comparing((String id) -> id.toLowerCase(Locale.ROOT))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }
}
