package salt.common.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.MessagePack;

/** Numbers, seals and signs what a master publishes. Usable from any thread. */
public final class Publications {
  private final AesKeys aes;
  private final MasterIdentity identity;
  private final Optional<SigningAlgorithm> signing;

  /**
   * Seals with the key of {@code aes}.
   *
   * @param signing {@code publish_signing_algorithm} with {@code sign_pub_messages}, else nothing
   */
  public Publications(AesKeys aes, MasterIdentity identity, Optional<SigningAlgorithm> signing) {
    this.aes = aes;
    this.identity = identity;
    this.signing = signing;
  }

  /**
   * Seals a job and hands the body over for sending.
   *
   * <p>One at a time: minions drop a message whose number is not above the last, so messages must
   * leave in the order of their numbers. {@code sender} therefore only queues, as often as there
   * are topics.
   *
   * @param job the map; {@code serial} is added at its end
   */
  public synchronized void send(Map<?, ?> job, Consumer<byte[]> sender) {
    AesKeys.Numbered next = aes.next();
    Map<Object, Object> numbered = new LinkedHashMap<>(job);
    numbered.remove("serial");
    numbered.put("serial", next.serial());
    byte[] load = next.key().seal(numbered);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("enc", Envelope.AES);
    body.put("load", Bytes.wrap(load));
    signing.ifPresent(
        algorithm -> {
          body.put("sig_algo", algorithm.wireName());
          body.put("sig", Bytes.wrap(identity.key().sign(load, algorithm)));
        });
    sender.accept(MessagePack.NETWORK.pack(body));
  }
}
