package salt.common.channel;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.crypto.Crypticle;
import salt.common.crypto.CryptoException;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;
import salt.common.transport.TransportException;

/**
 * Opens what a master publishes: checks topic, signature and number, and signs in again when the
 * key was renewed. Usable from any thread; messages are opened one at a time.
 */
public final class PublicationReceiver {
  private final MinionChannel channel;
  private final boolean signed;
  private final String topic;
  private String guardedKey = "";
  private long highest;

  /**
   * Opens with the keys of {@code channel}.
   *
   * @param signed {@code sign_pub_messages}: refuse what is not signed by the master
   * @param syndic whether this is a syndic, which hears its own topic instead of that of an id
   */
  public PublicationReceiver(MinionChannel channel, boolean signed, boolean syndic) {
    this.channel = channel;
    this.signed = signed;
    this.topic = syndic ? FilterTopic.SYNDIC : FilterTopic.of(channel.signInSettings().id());
  }

  /** What became of a message. */
  public sealed interface Received {
    /**
     * A job for whoever its target matches.
     *
     * @param load the map without {@code serial}
     */
    record Job(Map<Object, Object> load) implements Received {}

    /**
     * A message that must not be acted on.
     *
     * @param reason for the log
     */
    record Ignored(String reason) implements Received {}
  }

  /** The prefixes to subscribe to: one empty one, or with {@code zmq_filtering} the own topics. */
  public List<byte[]> prefixes(boolean filtering) {
    return filtering
        ? List.of(
            FilterTopic.BROADCAST.getBytes(StandardCharsets.US_ASCII),
            topic.getBytes(StandardCharsets.US_ASCII))
        : List.of(new byte[0]);
  }

  /**
   * Opens one message.
   *
   * <p>May sign in again, and so wait for the master: not to be called on a socket's thread.
   *
   * @param frames the body alone, or topic and body
   * @return the job; whatever the frames are, what is wrong with them is {@link Received.Ignored}
   */
  public synchronized Received open(List<byte[]> frames) {
    if (frames.isEmpty() || frames.size() > 2) {
      return new Received.Ignored("a publication of " + frames.size() + " frames");
    }
    if (frames.size() == 2 && !isMine(frames.get(0))) {
      return new Received.Ignored("a publication for another topic");
    }
    try {
      return opened(frames.get(frames.size() - 1));
    } catch (MalformedPayload | CryptoException | ChannelException | TransportException e) {
      return new Received.Ignored("a publication can't be opened: " + e.getMessage());
    }
  }

  private boolean isMine(byte[] frame) {
    String text = new String(frame, StandardCharsets.UTF_8);
    return text.equals(FilterTopic.BROADCAST) || text.equals(topic);
  }

  private Received opened(byte[] body) {
    Fields outer = Fields.of("publication", MessagePack.unpackMap(body));
    if (!Envelope.AES.equals(outer.any("enc"))) {
      return new Received.Ignored("a publication that is not sealed");
    }
    Optional<SignInResult.Accepted> keys = channel.credentials();
    if (keys.isEmpty()) {
      return new Received.Ignored("a publication came before signing in");
    }
    byte[] sealed = outer.bytes("load").toArray();
    if (signed && !isSigned(outer, sealed, keys.get())) {
      return new Received.Ignored("a publication without the master's signature");
    }
    try {
      return read(keys.get().aes(), sealed);
    } catch (CryptoException e) {
      if (e.reason() != CryptoException.Reason.NOT_AUTHENTIC) {
        throw e;
      }
      SignInResult.Accepted fresh = channel.renewed(keys.get());
      return read(fresh.aes(), sealed);
    }
  }

  private static boolean isSigned(Fields outer, byte[] sealed, SignInResult.Accepted keys) {
    Optional<Bytes> signature = outer.optionalBytes("sig");
    Optional<SigningAlgorithm> algorithm =
        SigningAlgorithm.named(outer.text("sig_algo", SigningAlgorithm.PKCS1V15_SHA1.wireName()));
    return signature.isPresent()
        && algorithm.isPresent()
        && keys.masterKey().verifies(sealed, signature.get().toArray(), algorithm.get());
  }

  private Received read(Crypticle key, byte[] sealed) {
    if (!(key.open(sealed) instanceof Map<?, ?> found)) {
      return new Received.Ignored("a publication that is no map");
    }
    Map<Object, Object> load = new LinkedHashMap<>(found);
    if (load.isEmpty()) {
      return new Received.Ignored("an empty publication");
    }
    Object serial = load.remove("serial");
    if (serial == null) {
      return new Received.Job(load);
    }
    if (!(serial instanceof Long number)) {
      return new Received.Ignored("a publication whose serial is no number");
    }
    if (!guardedKey.equals(key.keyString())) {
      guardedKey = key.keyString();
      highest = 0;
    }
    if (number <= highest) {
      return new Received.Ignored(
          "a publication came again or too late: serial " + number + " after " + highest);
    }
    highest = number;
    return new Received.Job(load);
  }
}
