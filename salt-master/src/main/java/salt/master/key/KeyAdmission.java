package salt.master.key;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import salt.common.config.MinionId;
import salt.common.config.Options;
import salt.master.key.Admission.Outcome;

/**
 * Decides about a sign-in by the key that a minion shows, and files the key accordingly.
 *
 * <p>One decision at a time: two sign-ins under one id must not both find no key.
 */
public final class KeyAdmission {
  private final Options options;
  private final KeyStore keys;
  private final AutosignRules rules;
  private final Supplier<Set<String>> connected;

  /**
   * Decides by {@code options} over {@code keys}.
   *
   * @param connected the ids that are connected now, for {@code max_minions}
   */
  public KeyAdmission(
      Options options, KeyStore keys, Clock clock, Supplier<Set<String>> connected) {
    this.options = options;
    this.keys = keys;
    this.rules = new AutosignRules(options, keys, clock);
    this.connected = connected;
  }

  /**
   * Decides about one sign-in.
   *
   * @param id the id as sent, unchecked
   * @param publicKey the key's text as sent
   * @param autosignGrains grains sent for {@code autosign_grains_dir}; may be empty
   */
  public synchronized Admission decide(Object id, String publicKey, Map<?, ?> autosignGrains) {
    Case sign = new Case(id instanceof String text ? text : String.valueOf(id), publicKey);
    if (!MinionId.isValid(id)) {
      return sign.refused(null, "its id is not valid");
    }
    if (isFull(sign.id)) {
      return sign.because(
          Outcome.FULL, "full", "max_minions (" + options.any("max_minions") + ") are connected");
    }
    if (publicKey.isBlank()) {
      return sign.refused(null, "it sent no public key");
    }
    if (options.flag("open_mode")) {
      return openMode(sign);
    }
    if (keys.read(KeyState.REJECTED, sign.id).isPresent()) {
      return sign.refused(null, "its key is among the rejected ones");
    }
    Optional<String> accepted = keys.read(KeyState.ACCEPTED, sign.id);
    if (accepted.isPresent()) {
      return known(sign, accepted.get());
    }
    boolean reject = rules.rejects(sign.id);
    boolean signed = !reject && rules.signs(sign.id, autosignGrains);
    return unknown(sign, reject, signed);
  }

  private boolean isFull(String id) {
    int most = options.integer("max_minions");
    if (most <= 0) {
      return false;
    }
    Set<String> now = connected.get();
    return now.size() > most && !now.contains(id);
  }

  private Admission openMode(Case sign) {
    if (!keys.read(KeyState.ACCEPTED, sign.id).equals(Optional.of(sign.publicKey))) {
      keys.write(KeyState.ACCEPTED, sign.id, sign.publicKey);
    }
    return sign.accepted("open_mode lets everybody in");
  }

  private Admission known(Case sign, String accepted) {
    if (sameKey(accepted, sign.publicKey)) {
      return sign.accepted("its key is accepted");
    }
    keys.write(KeyState.DENIED, sign.id, sign.publicKey);
    return sign.refused(
        "denied", "its key differs from the accepted one: somebody else may be using its id");
  }

  private Admission unknown(Case sign, boolean reject, boolean signed) {
    Optional<String> pending = keys.read(KeyState.PENDING, sign.id);
    if (pending.isEmpty() && keys.isBlocked(KeyState.PENDING, sign.id)) {
      return sign.refused(null, "a directory stands where its pending key would be");
    }
    if (reject) {
      keys.write(KeyState.REJECTED, sign.id, sign.publicKey);
      keys.delete(KeyState.PENDING, sign.id);
      return sign.refused("reject", "autoreject_file lists it");
    }
    if (pending.isPresent() && !sameKey(pending.get(), sign.publicKey)) {
      keys.write(KeyState.DENIED, sign.id, sign.publicKey);
      return sign.refused("denied", "another key waits under its id");
    }
    if (signed) {
      keys.write(KeyState.ACCEPTED, sign.id, sign.publicKey);
      keys.delete(KeyState.PENDING, sign.id);
      return sign.accepted("an autosign rule lets it in");
    }
    if (pending.isEmpty()) {
      keys.write(KeyState.PENDING, sign.id, sign.publicKey);
    }
    return sign.because(
        Outcome.PENDING, "pend", "its key waits to be accepted: salt-key -a " + sign.id);
  }

  /** Salt compares what is left after line ends and blanks around the text are made alike. */
  private static boolean sameKey(String stored, String shown) {
    return normal(stored).equals(normal(shown));
  }

  private static String normal(String key) {
    return key.replace("\r\n", "\n").replace('\r', '\n').strip();
  }

  private record Case(String id, String publicKey) {
    Admission because(Outcome outcome, String act, String reason) {
      return new Admission(outcome, id, publicKey, Optional.ofNullable(act), reason);
    }

    Admission refused(String act, String reason) {
      return because(Outcome.REFUSED, act, reason);
    }

    Admission accepted(String reason) {
      return because(Outcome.ACCEPTED, "accept", reason);
    }
  }
}
