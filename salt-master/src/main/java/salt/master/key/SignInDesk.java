package salt.master.key;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.AuthOutcome;
import salt.common.channel.Keyring;
import salt.common.channel.Opened;
import salt.common.config.MinionId;
import salt.common.config.Options;
import salt.common.crypto.CryptoException;
import salt.common.crypto.RsaPublicKey;

/**
 * Where minions sign in: has each decided, announces it as {@code salt/auth}, and knows the
 * accepted keys. Thread-safe.
 */
public final class SignInDesk implements Keyring {
  private static final Logger log = LoggerFactory.getLogger(SignInDesk.class);
  private static final int REMEMBERED = 20_000;

  private final Options options;
  private final KeyStore keys;
  private final KeyAdmission admission;
  private final BiConsumer<String, Map<String, Object>> events;
  private final Map<String, RsaPublicKey> parsed = new ConcurrentHashMap<>();

  /** Decides with {@code admission} over {@code keys}, announces through {@code events}. */
  public SignInDesk(
      Options options,
      KeyStore keys,
      KeyAdmission admission,
      BiConsumer<String, Map<String, Object>> events) {
    this.options = options;
    this.keys = keys;
    this.admission = admission;
    this.events = events;
  }

  /** Decides about one sign-in. */
  public AuthOutcome decide(Opened.Auth request) {
    Map<?, ?> grains =
        request.load().get("autosign_grains") instanceof Map<?, ?> sent ? sent : Map.of();
    Admission decided = admission.decide(request.id(), request.publicKey(), grains);
    log.info(
        "minion {} signs in: {}, as {}",
        MinionId.shown(decided.id()),
        decided.outcome(),
        decided.reason());
    if (options.flag("auth_events")) {
      events.accept("salt/auth", decided.event());
    }
    return switch (decided.outcome()) {
      case PENDING -> AuthOutcome.NotAccepted.PENDING;
      case FULL -> AuthOutcome.NotAccepted.FULL;
      case REFUSED -> AuthOutcome.NotAccepted.REJECTED;
      case ACCEPTED -> accepted(decided);
    };
  }

  private AuthOutcome accepted(Admission decided) {
    try {
      return new AuthOutcome.Accepted(parse(decided.publicKey()));
    } catch (CryptoException e) {
      log.warn("the public key of minion {} is unusable: {}", decided.id(), e.getMessage());
      return AuthOutcome.NotAccepted.REJECTED;
    }
  }

  @Override
  public Optional<RsaPublicKey> accepted(String id) {
    try {
      return keys.read(KeyState.ACCEPTED, id).map(this::parse);
    } catch (CryptoException e) {
      log.warn("the accepted key of minion {} is unusable: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  /** Parsing costs more than reading the file, which must be read to see it change. */
  private RsaPublicKey parse(String text) {
    if (parsed.size() > REMEMBERED) {
      parsed.clear();
    }
    return parsed.computeIfAbsent(text, RsaPublicKey::parse);
  }
}
