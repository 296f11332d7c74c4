package salt.common.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import salt.common.config.MinionId;
import salt.common.crypto.Crypticle;
import salt.common.crypto.CryptoException;
import salt.common.crypto.EncryptionAlgorithm;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;

/**
 * The master's end of the request port: opens requests, checks who sent them, and makes the bodies
 * of replies. Who is accepted is decided elsewhere. Usable from any thread.
 */
public final class ServerChannel {
  private static final String BAD_LOAD = "bad load";
  private static final String NOT_A_MAP = "payload and load must be a dict";
  private static final String UNHANDLED = "Some exception handling minion payload";
  private static final byte[] TOKEN = "salt".getBytes(StandardCharsets.US_ASCII);

  private final ServerSettings settings;
  private final MasterKeys keys;
  private final Clock clock;
  private final AuthReply authReply;

  /** A channel that checks requests against {@code keys} and the time of {@code clock}. */
  public ServerChannel(ServerSettings settings, MasterKeys keys, Clock clock) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
    this.authReply = new AuthReply(settings, keys);
  }

  /**
   * Opens a request.
   *
   * <p>Whatever the bytes are, the outcome is an {@link Opened}: what can't be served is {@link
   * Opened.Refused} with the very reply Salt gives.
   */
  public Opened open(byte[] body) {
    Object outer;
    try {
      outer = MessagePack.unpack(body);
    } catch (MalformedPayload e) {
      return new Opened.Refused(
          Bytes.wrap(MessagePack.NETWORK.pack(Map.of("msg", BAD_LOAD))), e.getMessage());
    }
    if (!(outer instanceof Map<?, ?> map) || !map.containsKey("enc") || !map.containsKey("load")) {
      return refused(BAD_LOAD, "the request is no map with 'enc' and 'load'");
    }
    int version = version(map.get("version"));
    if (version < settings.minimumVersion()) {
      return refused(
          BAD_LOAD,
          "the request"
              + claimedBy(map)
              + " has protocol version "
              + version
              + ", below minimum_auth_version "
              + settings.minimumVersion());
    }
    try {
      return Envelope.AES.equals(map.get("enc"))
          ? openSealed(map, version)
          : openClear(map, version);
    } catch (CryptoException | MalformedPayload e) {
      return refused(BAD_LOAD, e.getMessage());
    }
  }

  /** Whose request it says it is, for the log: known of sign-ins, and where the envelope has it. */
  private static String claimedBy(Map<?, ?> outer) {
    Object id = outer.get("load") instanceof Map<?, ?> load ? load.get("id") : outer.get("id");
    return id == null ? "" : " of minion " + MinionId.shown(id);
  }

  /** The body of a plain reply: any value, neither sealed nor signed. */
  public byte[] clearReply(Object value) {
    return MessagePack.NETWORK.pack(value);
  }

  /**
   * The body of the answer to a minion that asked to sign in, in the form of its version: signed as
   * a whole from version 2 on.
   */
  public byte[] authReply(Opened.Auth request, AuthOutcome outcome) {
    return MessagePack.NETWORK.pack(authReply.to(request, outcome));
  }

  private Opened openClear(Map<?, ?> outer, int version) {
    if (!Envelope.CLEAR.equals(outer.get("enc"))) {
      return refused(UNHANDLED, "there is no envelope " + MinionId.shown(outer.get("enc")));
    }
    if (!(outer.get("load") instanceof Map<?, ?> found)) {
      return refused(NOT_A_MAP, "the load is no map");
    }
    Map<Object, Object> load = new LinkedHashMap<>(found);
    Optional<Opened> wrongId = wrongId(load);
    if (wrongId.isPresent()) {
      return wrongId.get();
    }
    if (!"_auth".equals(load.get("cmd"))) {
      return new Opened.Clear(load, version);
    }
    Fields fields = Fields.of("_auth", load);
    if (version > 1) {
      fields.text("nonce");
    }
    return new Opened.Auth(fields.text("id"), fields.text("pub"), load, version);
  }

  private Opened openSealed(Map<?, ?> outer, int version) {
    Fields envelope = Fields.of("request", outer);
    ReplySealer.Terms terms = terms(envelope, version);
    byte[] sealed = envelope.bytes("load").toArray();
    return version > 2 ? openSession(envelope, sealed, terms) : openShared(sealed, terms);
  }

  /** Version 3: the minion's own key, and its identity proved in every request. */
  private Opened openSession(Fields envelope, byte[] sealed, ReplySealer.Terms terms) {
    String id = envelope.text("id");
    if (!MinionId.isValid(id)) {
      return refused(BAD_LOAD, "the request has the invalid id " + MinionId.shown(id));
    }
    Optional<RsaPublicKey> minionKey = keys.minions().accepted(id);
    if (minionKey.isEmpty()) {
      return refused(BAD_LOAD, "no key is accepted for minion " + MinionId.shown(id));
    }
    Crypticle session = keys.sessions().of(id);
    if (!(session.open(sealed) instanceof Map<?, ?> found)) {
      return refused(NOT_A_MAP, "the load of minion " + MinionId.shown(id) + " is no map");
    }
    Map<Object, Object> load = new LinkedHashMap<>(found);
    Optional<Opened> wrong = wrongId(load).or(() -> expired(id, load));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    if (!id.equals(load.get("id"))) {
      return refused(
          BAD_LOAD,
          "the request of minion "
              + MinionId.shown(id)
              + " has inside the id "
              + MinionId.shown(load.get("id")));
    }
    if (!proves(load, minionKey.get())) {
      return refused(BAD_LOAD, "minion " + MinionId.shown(id) + " did not prove its key");
    }
    return opened(load, terms, true, session);
  }

  /** Versions up to 2: the key that all minions share; a token is checked when there is one. */
  private Opened openShared(byte[] sealed, ReplySealer.Terms terms) {
    CryptoException last = null;
    for (Crypticle key : keys.aes().accepted()) {
      try {
        return openShared(key.open(sealed), key, terms);
      } catch (CryptoException e) {
        last = e;
      }
    }
    throw last;
  }

  private Opened openShared(Object content, Crypticle key, ReplySealer.Terms terms) {
    if (!(content instanceof Map<?, ?> found)) {
      return refused(NOT_A_MAP, "the load is no map");
    }
    Map<Object, Object> load = new LinkedHashMap<>(found);
    Optional<Opened> wrongId = wrongId(load);
    if (wrongId.isPresent()) {
      return wrongId.get();
    }
    boolean proven = false;
    if (load.get("tok") != null && load.get("id") instanceof String id) {
      Optional<RsaPublicKey> minionKey =
          MinionId.isValid(id) ? keys.minions().accepted(id) : Optional.empty();
      proven = minionKey.isPresent() && proves(load, minionKey.get());
      if (!proven) {
        return refused(BAD_LOAD, "minion " + MinionId.shown(id) + " did not prove its key");
      }
    }
    return opened(load, terms, proven, key);
  }

  private Opened opened(
      Map<Object, Object> load, ReplySealer.Terms terms, boolean proven, Crypticle key) {
    load.remove("tok");
    Object nonce = terms.version() > 1 ? load.remove("nonce") : null;
    if (nonce != null && !(nonce instanceof String)) {
      return refused(BAD_LOAD, "the nonce is no text");
    }
    if (!load.containsKey("cmd")) {
      return refused(UNHANDLED, "the request has no 'cmd'");
    }
    ReplySealer reply =
        new ReplySealer(key, nonce == null ? "" : (String) nonce, terms, keys.identity());
    Optional<String> id = Optional.ofNullable((String) load.get("id"));
    return new Opened.Aes(load, id, terms.version(), proven, reply);
  }

  private Optional<Opened> expired(String id, Map<Object, Object> load) {
    long most = settings.requestLifetime().toSeconds();
    if (most <= 0) {
      return Optional.empty();
    }
    if (!(load.get("ts") instanceof Number made)) {
      return Optional.of(
          refused(BAD_LOAD, "the request of minion " + MinionId.shown(id) + " has no 'ts'"));
    }
    double age = clock.millis() / 1000.0 - made.doubleValue();
    if (age <= most) {
      return Optional.empty();
    }
    return Optional.of(
        refused(
            BAD_LOAD,
            "the request of minion "
                + MinionId.shown(id)
                + " is "
                + (long) age
                + " s old, more than request_server_ttl "
                + most));
  }

  private static boolean proves(Map<Object, Object> load, RsaPublicKey minionKey) {
    Optional<Bytes> token = Fields.of("request", load).optionalBytes("tok");
    try {
      return token.isPresent()
          && MessageDigest.isEqual(minionKey.recover(token.get().toArray()), TOKEN);
    } catch (CryptoException anotherKey) {
      return false;
    }
  }

  /** The refusal of a load whose id is no text, or holds a NUL; absent is fine. */
  private static Optional<Opened> wrongId(Map<Object, Object> load) {
    Object id = load.getOrDefault("id", "");
    if (!(id instanceof String text)) {
      return Optional.of(
          refused("bad load: id " + python(id) + " is not a string", "the id is no text"));
    }
    return text.indexOf('\0') < 0
        ? Optional.empty()
        : Optional.of(refused("bad load: id contains a null byte", "the id contains a NUL"));
  }

  private static String python(Object id) {
    if (id instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    return id == null ? "None" : id instanceof Number ? id.toString() : Fields.typeName(id);
  }

  private static ReplySealer.Terms terms(Fields envelope, int version) {
    String encryption = envelope.text("enc_algo", EncryptionAlgorithm.OAEP_SHA1.wireName());
    String signing = envelope.text("sig_algo", SigningAlgorithm.PKCS1V15_SHA1.wireName());
    return new ReplySealer.Terms(
        version,
        EncryptionAlgorithm.named(encryption).orElseThrow(() -> unknownAlgorithm(encryption)),
        SigningAlgorithm.named(signing).orElseThrow(() -> unknownAlgorithm(signing)));
  }

  private static MalformedPayload unknownAlgorithm(String name) {
    return new MalformedPayload("there is no algorithm " + MinionId.shown(name));
  }

  private static int version(Object version) {
    if (version instanceof Number number) {
      return (int) Math.max(0, Math.min(number.longValue(), Integer.MAX_VALUE));
    } else if (version instanceof String text && text.matches("[0-9]{1,9}")) {
      return Integer.parseInt(text);
    }
    return 0;
  }

  private static Opened refused(String reply, String reason) {
    return new Opened.Refused(Bytes.wrap(MessagePack.NETWORK.pack(reply)), reason);
  }
}
