package salt.common.channel;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.RsaPublicKey;
import salt.common.payload.Vectors;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;

/** A master without sockets: accepts the recorded minions, and echoes what it is asked. */
final class TestMaster {
  static final Instant START = Instant.parse("2026-11-23T20:00:00Z");
  static final String MINION_1 = "vec-minion-1";
  static final String MINION_2 = "vec-minion-2";

  final TestClock clock = new TestClock(START);
  final Map<String, RsaPublicKey> accepted = new HashMap<>();
  final List<Opened> requests = new ArrayList<>();
  final MasterIdentity identity;
  final AesKeys aes;
  final SessionKeys sessions;
  ServerChannel channel;
  AuthOutcome.NotAccepted otherwise = AuthOutcome.NotAccepted.PENDING;

  TestMaster(Path directory, MasterIdentity identity, SecureRandom aesRandom, SecureRandom random) {
    this.identity = identity;
    accepted.put(MINION_1, RsaPublicKey.parse(Vectors.publicKey("minion1")));
    accepted.put(MINION_2, RsaPublicKey.parse(Vectors.publicKey("minion2")));
    aes = new AesKeys(aesRandom, Duration.ofSeconds(30), clock);
    sessions = new SessionKeys(directory.resolve("sessions"), Duration.ofHours(24), random, clock);
    settings(new ServerSettings(0, Duration.ZERO, 4505));
  }

  static TestMaster in(Path directory) {
    SecureRandom random = new SecureRandom();
    return new TestMaster(directory, identity(), random, random);
  }

  static MasterIdentity identity() {
    return new MasterIdentity(
        RsaPrivateKey.parse(Vectors.privateKey("master")), Vectors.publicKey("master"));
  }

  static MasterIdentity signingIdentity() {
    return new MasterIdentity(
        RsaPrivateKey.parse(Vectors.privateKey("master")),
        Vectors.publicKey("master"),
        new MasterIdentity.Voucher.Key(RsaPrivateKey.parse(Vectors.privateKey("master_sign"))));
  }

  void settings(ServerSettings settings) {
    Keyring keyring = id -> Optional.ofNullable(accepted.get(id));
    channel = new ServerChannel(settings, new MasterKeys(identity, aes, sessions, keyring), clock);
  }

  synchronized byte[] answer(byte[] body) {
    Opened opened = channel.open(body);
    requests.add(opened);
    if (opened instanceof Opened.Auth auth) {
      RsaPublicKey key = accepted.get(auth.id());
      boolean known = key != null && key.hasText(auth.publicKey());
      return channel.authReply(auth, known ? new AuthOutcome.Accepted(key) : otherwise);
    } else if (opened instanceof Opened.Clear clear) {
      return channel.clearReply(clear.load());
    } else if (opened instanceof Opened.Aes request) {
      return "_pillar".equals(request.load().get("cmd"))
          ? request
              .reply()
              .sealPillar(
                  Map.of("asked", request.load().get("id")),
                  Optional.ofNullable(accepted.get(request.id().orElseThrow())))
          : request.reply().seal(request.load());
    }
    return ((Opened.Refused) opened).reply().toArray();
  }

  long count(Class<? extends Opened> kind) {
    return requests.stream().filter(kind::isInstance).count();
  }

  Opened last() {
    return requests.get(requests.size() - 1);
  }

  /** A client whose bytes pass {@code onRequest} and {@code onReply}, which may change them. */
  Line line() {
    return new Line(this);
  }

  static final class Line implements Transport.RequestClient {
    private final TestMaster master;
    UnaryOperator<byte[]> onRequest = UnaryOperator.identity();
    UnaryOperator<byte[]> onReply = UnaryOperator.identity();
    int silent;

    private Line(TestMaster master) {
      this.master = master;
    }

    @Override
    public byte[] request(byte[] body, Duration timeout) {
      if (silent > 0) {
        silent--;
        throw new TransportException("no reply within " + timeout);
      }
      return onReply.apply(master.answer(onRequest.apply(body)));
    }

    @Override
    public void close() {}
  }
}
