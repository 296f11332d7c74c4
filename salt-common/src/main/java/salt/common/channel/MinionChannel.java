package salt.common.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import salt.common.config.MinionId;
import salt.common.crypto.Crypticle;
import salt.common.crypto.CryptoException;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;

/**
 * A minion's way to one master: sealed requests, and signing in again when keys were renewed.
 *
 * <p>Requests go by protocol 3 when the master gave a session key, else by 2. Usable from any
 * thread; when several find that a key was renewed, one signs in and the others wait for it.
 */
public final class MinionChannel {
  /** The commands that want {@code tok} below protocol 3; from 3 on every request has it. */
  private static final Set<String> PROVEN =
      Set.of(
          "_minion_event",
          "_master_tops",
          "_ext_nodes",
          "_file_recv",
          "_mine",
          "_mine_get",
          "_mine_delete",
          "_mine_flush",
          "minion_runner",
          "minion_pub",
          "minion_publish",
          "pub_ret",
          "revoke_auth");

  private final SignIn signIn;
  private final Transport.RequestClient client;
  private final ChannelSettings settings;
  private final Clock clock;
  private volatile SignInResult.Accepted credentials;

  /** Asks the master behind {@code client}, which the caller closes. */
  public MinionChannel(
      SignIn signIn, Transport.RequestClient client, ChannelSettings settings, Clock clock) {
    this.signIn = signIn;
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Signs in, and keeps the keys when accepted. What to do when not — wait, give up, end — is the
   * caller's.
   *
   * @throws TransportException when the master did not answer
   */
  public synchronized SignInResult signIn() {
    SignInResult result = signIn.attempt(client, settings.authTimeout(), settings.authTries());
    if (result instanceof SignInResult.Accepted accepted) {
      credentials = accepted;
    }
    return result;
  }

  /** The keys of the last acceptance. */
  public Optional<SignInResult.Accepted> credentials() {
    return Optional.ofNullable(credentials);
  }

  /** The settings this minion signs in by. */
  SignInSettings signInSettings() {
    return signIn.settings();
  }

  /** As {@link #request(Map, Duration, int)}, with the timeout and tries of the settings. */
  public Object request(Map<?, ?> load) {
    return request(load, settings.timeout(), settings.tries());
  }

  /**
   * Asks the master; signs in first when that was not done yet.
   *
   * <p>A reply that can't be opened means that a key was renewed: the channel signs in again and
   * repeats the request once within the same try.
   *
   * @param load the request; {@code nonce}, {@code tok}, {@code ts}, {@code sig} and, by protocol
   *     3, {@code id} are added
   * @param timeout how long each try waits
   * @param tries how often before giving up, at least once
   * @return the value that the master replied; raw data is text where it happens to be UTF-8, and
   *     {@link Fields#bytes} reads both
   * @throws TransportException when the last try had no reply
   * @throws ChannelException when the last try's reply can't be used, or signing in failed
   */
  public Object request(Map<?, ?> load, Duration timeout, int tries) {
    return tried(load, timeout, tries, this::readReply);
  }

  /**
   * Asks for the pillar, which comes under a key of its own and signed by the master.
   *
   * @param load {@code id}, {@code grains}, {@code saltenv}…; {@code cmd} and {@code ver} are added
   * @return the pillar
   * @throws TransportException as {@link #request(Map, Duration, int)}
   * @throws ChannelException as {@link #request(Map, Duration, int)}, and when the pillar is not
   *     proved to be the master's
   */
  public Map<Object, Object> pillar(Map<?, ?> load, Duration timeout, int tries) {
    Map<Object, Object> asked = new LinkedHashMap<>(load);
    asked.put("ver", "2");
    asked.put("cmd", "_pillar");
    Object pillar = tried(asked, timeout, tries, this::readPillar);
    if (pillar instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    throw new ChannelException("the pillar is no map but " + Fields.typeName(pillar));
  }

  /**
   * Signs in again, unless another thread did since {@code used} was current.
   *
   * @throws ChannelException when the master does not accept this minion any more
   */
  synchronized SignInResult.Accepted renewed(SignInResult.Accepted used) {
    if (credentials != null && !credentials.equals(used)) {
      return credentials;
    }
    SignInResult result = signIn();
    if (result instanceof SignInResult.Accepted accepted) {
      return accepted;
    }
    throw new ChannelException(result);
  }

  private SignInResult.Accepted known() {
    SignInResult.Accepted known = credentials;
    return known == null ? renewed(null) : known;
  }

  /** Makes a value of a reply, or throws {@link CryptoException}. */
  @FunctionalInterface
  private interface ReplyReader {
    Object read(byte[] reply, Sent sent);
  }

  /** A request that was sent: what its reply is opened with. */
  private record Sent(SignInResult.Accepted keys, Crypticle key, String nonce) {}

  private Object tried(Map<?, ?> load, Duration timeout, int tries, ReplyReader reader) {
    for (int left = tries; ; left--) {
      SignInResult.Accepted keys = known();
      try {
        return exchanged(load, timeout, keys, reader);
      } catch (TransportException | WrongNonce e) {
        if (left <= 1) {
          throw e instanceof WrongNonce ? new ChannelException(e.getMessage(), e) : e;
        }
      }
    }
  }

  private Object exchanged(
      Map<?, ?> load, Duration timeout, SignInResult.Accepted keys, ReplyReader reader) {
    try {
      return once(load, timeout, keys, reader);
    } catch (CryptoException firstTime) {
      SignInResult.Accepted fresh = renewed(keys);
      try {
        return once(load, timeout, fresh, reader);
      } catch (CryptoException e) {
        e.addSuppressed(firstTime);
        throw new ChannelException(
            "the master's reply can't be used, even after signing in again: " + e.getMessage(), e);
      }
    }
  }

  private Object once(
      Map<?, ?> load, Duration timeout, SignInResult.Accepted keys, ReplyReader reader) {
    Sent sent = new Sent(keys, keys.session().orElse(keys.aes()), Envelope.nonce());
    byte[] reply = client.request(body(load, sent), timeout);
    try {
      return reader.read(reply, sent);
    } catch (MalformedPayload e) {
      throw new CryptoException(CryptoException.Reason.MALFORMED, e.getMessage(), e);
    } catch (CryptoException e) {
      if (e.reason() == CryptoException.Reason.WRONG_NONCE) {
        throw new WrongNonce(e);
      }
      throw e;
    }
  }

  private byte[] body(Map<?, ?> load, Sent sent) {
    boolean session = sent.keys().session().isPresent();
    SignInSettings identity = signIn.settings();
    Map<Object, Object> inner = new LinkedHashMap<>(load);
    inner.put("nonce", sent.nonce());
    if (session) {
      inner.put("ts", clock.instant().getEpochSecond());
      inner.put("tok", signIn.proof());
      inner.put("id", identity.id());
    } else if (load.get("cmd") instanceof String command && PROVEN.contains(command)) {
      inner.put("tok", signIn.proof());
    }
    if (settings.signMessages() && (session || "_return".equals(load.get("cmd")))) {
      inner.put("sig", MessageSignature.sign(inner, signIn.key(), identity.signing()));
    }
    Map<String, Object> outer = new LinkedHashMap<>();
    outer.put("enc", Envelope.AES);
    outer.put("load", Bytes.wrap(sent.key().seal(inner)));
    outer.put("version", session ? 3 : 2);
    if (session) {
      outer.put("id", identity.id());
    }
    outer.put("enc_algo", identity.encryption().wireName());
    outer.put("sig_algo", identity.signing().wireName());
    return MessagePack.NETWORK.pack(outer);
  }

  private Object readReply(byte[] reply, Sent sent) {
    Object body = MessagePack.unpack(reply);
    if (body instanceof Bytes sealed) {
      return sent.key().open(sealed.toArray(), sent.nonce());
    }
    throw unusable(body);
  }

  private static CryptoException unusable(Object body) {
    String said = "the master's reply is not sealed";
    if (body instanceof String text) {
      said = "the master replied " + MinionId.shown(text);
    } else if (body instanceof Map<?, ?> map && map.get("error") instanceof String error) {
      said = "the master replied the error " + MinionId.shown(error);
    }
    return new CryptoException(CryptoException.Reason.NOT_AUTHENTIC, said);
  }

  private Object readPillar(byte[] reply, Sent sent) {
    Object body = MessagePack.unpack(reply);
    if (!(body instanceof Map<?, ?> map) || !map.containsKey("key")) {
      throw unusable(body);
    }
    Fields outer = Fields.of("pillar reply", map);
    Bytes sealedKey = outer.bytes("key");
    byte[] keyString = signIn.key().decrypt(sealedKey.toArray(), signIn.settings().encryption());
    Crypticle once = Crypticle.of(new String(keyString, StandardCharsets.US_ASCII));
    Fields signed = Fields.require("pillar reply", once.open(outer.bytes("pillar").toArray()));
    byte[] data = signed.bytes("data").toArray();
    byte[] signature = signed.bytes("sig").toArray();
    if (!sent.keys().masterKey().verifies(data, signature, signIn.settings().signing())) {
      throw new CryptoException(
          CryptoException.Reason.NOT_AUTHENTIC, "the pillar is not signed by the master");
    }
    Fields inner = Fields.of("pillar reply", MessagePack.unpackMap(data));
    if (!MessageDigest.isEqual(inner.bytes("key").toArray(), sealedKey.toArray())) {
      throw new CryptoException(
          CryptoException.Reason.NOT_AUTHENTIC, "the pillar was signed for another key");
    }
    if (!inner.text("nonce").equals(sent.nonce())) {
      throw new CryptoException(
          CryptoException.Reason.WRONG_NONCE, "the pillar answers another request");
    }
    return inner.any("pillar");
  }

  /** A reply to another request: a failed try, but no reason to sign in again. */
  private static final class WrongNonce extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongNonce(CryptoException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
