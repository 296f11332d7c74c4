package salt.common.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import salt.common.channel.SignInResult.Why;
import salt.common.config.Options;
import salt.common.crypto.CryptoException;
import salt.common.crypto.EncryptionAlgorithm;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Bytes;
import salt.common.payload.MessagePack;
import salt.common.payload.Vectors;
import salt.common.transport.TransportException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignInTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path directory;
  private Path home;
  private Path masterKey;
  private TestMaster master;

  @BeforeEach
  void prepare() {
    home = directory.resolve("pki");
    masterKey = home.resolve("minion_master.pub");
    master = TestMaster.in(directory);
  }

  @Test
  void the_first_master_is_trusted_and_stored() throws IOException {
    assertThat(signIn(TestMinion.NO_PROOF)).isInstanceOf(SignInResult.Accepted.class);
    assertThat(masterKey).hasContent(Vectors.publicKey("master"));
    assertThat(signIn(TestMinion.NO_PROOF)).isInstanceOf(SignInResult.Accepted.class);
    assertThat(((Opened.Auth) master.last()).load()).containsKey("token");
    Files.writeString(masterKey, Vectors.publicKey("master").replace("\n", "\r\n") + "\n");
    assertThat(signIn(TestMinion.NO_PROOF)).isInstanceOf(SignInResult.Accepted.class);
  }

  @ParameterizedTest
  @EnumSource(AuthOutcome.NotAccepted.class)
  void outcomes_are_told_apart(AuthOutcome.NotAccepted outcome) {
    master.accepted.clear();
    master.otherwise = outcome;
    SignInResult expected =
        switch (outcome) {
          case PENDING -> new SignInResult.Pending();
          case REJECTED, DENIED -> new SignInResult.Rejected();
          case FULL -> new SignInResult.Full();
        };
    assertThat(signIn(TestMinion.NO_PROOF)).isEqualTo(expected);
    assertThat(masterKey).doesNotExist();
  }

  @Test
  void another_master_is_refused_once_one_is_known() throws IOException {
    store(Vectors.publicKey("minion2"));
    assertRefused(signIn(TestMinion.NO_PROOF), Why.MASTER_KEY_CHANGED);
    assertThat(masterKey).hasContent(Vectors.publicKey("minion2"));
  }

  @Test
  void even_a_pending_answer_must_be_the_known_masters() throws IOException {
    store(Vectors.publicKey("minion2"));
    master.accepted.clear();
    assertRefused(signIn(TestMinion.NO_PROOF), Why.BAD_SIGNATURE);
  }

  @Test
  void a_signed_master_key_replaces_the_known_one() throws IOException {
    store(Vectors.publicKey("minion2"));
    master = signingMaster();
    assertThat(signIn(TestMinion.proof(true, true, ""))).isInstanceOf(SignInResult.Accepted.class);
    assertThat(masterKey).hasContent(Vectors.publicKey("master"));
    assertThat(signIn(TestMinion.proof(true, true, ""))).isInstanceOf(SignInResult.Accepted.class);
  }

  @Test
  void signing_and_verifying_go_together() throws IOException {
    assertRefused(signIn(TestMinion.proof(true, false, "")), Why.PUBLIC_KEY_SIGNATURE);
    master = signingMaster();
    assertRefused(signIn(TestMinion.NO_PROOF), Why.PUBLIC_KEY_SIGNATURE);
    assertThat(masterKey).doesNotExist();
  }

  @Test
  void a_wrong_signature_of_the_masters_key_is_refused() throws IOException {
    master = signingMaster();
    SignInSettings settings = settings(TestMinion.proof(true, false, ""));
    Path signKey = home.resolve("master_sign.pub");
    Files.writeString(signKey, Vectors.publicKey("minion2"));
    assertRefused(signIn(settings), Why.PUBLIC_KEY_SIGNATURE);
    Files.delete(signKey);
    assertRefused(signIn(settings), Why.PUBLIC_KEY_SIGNATURE);
    assertThat(masterKey).doesNotExist();
  }

  @Test
  void the_fingerprint_of_the_master_must_match() {
    String finger = RsaPublicKey.parse(Vectors.publicKey("master")).fingerprint("sha256");
    assertRefused(
        signIn(TestMinion.proof(false, false, finger.replace('c', 'd'))), Why.FINGERPRINT);
    assertThat(masterKey).doesNotExist();
    assertThat(signIn(TestMinion.proof(false, false, finger)))
        .isInstanceOf(SignInResult.Accepted.class);
  }

  @Test
  void a_master_that_does_not_own_its_key_is_refused() {
    // The impostor shows the true master's key, but has another.
    MasterIdentity impostor =
        new MasterIdentity(
            RsaPrivateKey.parse(Vectors.privateKey("minion2")), Vectors.publicKey("master"));
    SecureRandom random = new SecureRandom();
    master = new TestMaster(directory.resolve("impostor"), impostor, random, random);
    assertRefused(signIn(TestMinion.NO_PROOF), Why.INVALID_MASTER_KEY);
    assertThat(masterKey).doesNotExist();
  }

  @Test
  void changed_answers_are_refused() throws IOException {
    store(Vectors.publicKey("master"));
    assertRefused(changed(true, load -> load.remove("token")), Why.NOT_UNDERSTOOD);
    assertRefused(changed(true, load -> load.remove("aes")), Why.NOT_UNDERSTOOD);
    assertRefused(changed(true, load -> load.put("nonce", "x")), Why.BAD_NONCE);
    assertRefused(changed(true, load -> load.put("publish_port", 0)), Why.NOT_UNDERSTOOD);
    assertRefused(changed(true, load -> load.put("ret", "maybe")), Why.NOT_UNDERSTOOD);
    assertRefused(
        changed(true, load -> load.put("sig", Bytes.wrap(new byte[256]))), Why.INVALID_MASTER_KEY);
    assertRefused(
        changed(true, load -> load.put("session", Bytes.wrap(new byte[256]))),
        Why.INVALID_MASTER_KEY);
    assertRefused(changed(true, load -> load.put("pub_key", "none")), Why.NOT_UNDERSTOOD);
    assertRefused(changed(false, load -> load.put("publish_port", 4507)), Why.BAD_SIGNATURE);
  }

  @Test
  void nonsense_is_refused() {
    SignIn signIn = new SignIn(settings(TestMinion.NO_PROOF), new SecureRandom());
    SignIn.Request request = signIn.request();
    for (Object reply :
        new Object[] {
          "bad load",
          Map.of("msg", "bad load"),
          Map.of("load", Map.of("ret", true)),
          Map.of("load", "x"),
          Map.of("load", "x", "sig", "y"),
          Map.of("load", Bytes.wrap(MessagePack.NETWORK.pack(Map.of())), "sig", "y")
        }) {
      assertRefused(signIn.read(request, MessagePack.NETWORK.pack(reply)), Why.NOT_UNDERSTOOD);
    }
    assertRefused(signIn.read(request, new byte[0]), Why.NOT_UNDERSTOOD);
    assertRefused(
        signIn.read(
            request, MessagePack.NETWORK.pack(Map.of("load", Map.of("ret", "bad enc algo")))),
        Why.ALGORITHM);
  }

  @Test
  void the_stronger_algorithms_are_negotiated() {
    SignInSettings plain = settings(TestMinion.NO_PROOF);
    SignInSettings stronger =
        new SignInSettings(
            plain.id(),
            plain.pkiDir(),
            plain.masterKeyFile(),
            plain.keysize(),
            Map.of("role", "web"),
            EncryptionAlgorithm.OAEP_SHA224,
            SigningAlgorithm.PKCS1V15_SHA224,
            false,
            plain.masterProof());
    assertThat(signIn(stronger)).isInstanceOf(SignInResult.Accepted.class);
    assertThat(signIn(stronger)).isInstanceOf(SignInResult.Accepted.class);
    assertThat(((Opened.Auth) master.last()).load())
        .containsEntry("autosign_grains", Map.of("role", "web"));
    MinionChannel channel =
        new MinionChannel(
            new SignIn(stronger, new SecureRandom()),
            master.line(),
            TestMinion.SETTINGS,
            master.clock);
    assertThat(channel.pillar(Map.of("id", plain.id()), SECOND, 1)).isNotEmpty();
  }

  @Test
  void a_master_refuses_algorithms_it_does_not_know() {
    SignIn signIn = new SignIn(settings(TestMinion.NO_PROOF), new SecureRandom());
    SignIn.Request request = signIn.request();
    for (String field : new String[] {"enc_algo", "sig_algo"}) {
      Map<Object, Object> outer = MessagePack.unpackMap(request.body().toArray());
      Map<Object, Object> load = new LinkedHashMap<>((Map<?, ?>) outer.get("load"));
      load.put(field, "ROT13");
      outer.put("load", load);
      byte[] reply = master.answer(MessagePack.NETWORK.pack(outer));
      assertRefused(signIn.read(request, reply), Why.ALGORITHM);
    }
  }

  @Test
  void a_minion_key_too_small_to_encrypt_for_is_rejected() {
    RsaPublicKey small = RsaPrivateKey.generate(512).publicKey();
    SignIn signIn = new SignIn(settings(TestMinion.NO_PROOF), new SecureRandom());
    SignIn.Request request = signIn.request();
    Opened.Auth auth = (Opened.Auth) master.channel.open(request.body().toArray());
    byte[] reply = master.channel.authReply(auth, new AuthOutcome.Accepted(small));
    assertThat(signIn.read(request, reply)).isEqualTo(new SignInResult.Rejected());
  }

  @Test
  void incomplete_requests_get_bad_load() {
    SignIn signIn = new SignIn(settings(TestMinion.NO_PROOF), new SecureRandom());
    for (String field : new String[] {"id", "pub", "nonce"}) {
      Map<Object, Object> outer = MessagePack.unpackMap(signIn.request().body().toArray());
      Map<Object, Object> load = new LinkedHashMap<>((Map<?, ?>) outer.get("load"));
      load.remove(field);
      outer.put("load", load);
      assertThat(master.answer(MessagePack.NETWORK.pack(outer)))
          .isEqualTo(MessagePack.NETWORK.pack("bad load"));
    }
  }

  @Test
  void tries_are_used_up() {
    SignIn signIn = new SignIn(settings(TestMinion.NO_PROOF), new SecureRandom());
    TestMaster.Line line = master.line();
    line.silent = 2;
    assertThat(signIn.attempt(line, SECOND, 3)).isInstanceOf(SignInResult.Accepted.class);
    line.silent = 3;
    assertThatThrownBy(() -> signIn.attempt(line, SECOND, 3))
        .isInstanceOf(TransportException.class);
  }

  @Test
  void a_broken_stored_key_is_named() throws IOException {
    store("nonsense");
    assertThatThrownBy(() -> signIn(TestMinion.NO_PROOF))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("minion_master.pub");
  }

  @Test
  void settings_are_read_from_options() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", "web");
    values.put("pki_dir", "/pki");
    values.put("keysize", 4096L);
    values.put("autosign_grains", java.util.List.of("role", "none"));
    values.put("signing_algorithm", "PKCS1v15-SHA224");
    values.put("syndic_master", "top");
    values.put("syndic_finger", "aa:bb");
    SignInSettings settings = SignInSettings.of(Options.of(values), Map.of("role", "db"));
    Map<String, Object> grains = new LinkedHashMap<>();
    grains.put("role", "db");
    grains.put("none", null);
    assertThat(settings.autosignGrains()).isEqualTo(grains);
    assertThat(settings.masterKeyFile()).isEqualTo("syndic_master.pub");
    assertThat(settings.masterProof().finger()).isEqualTo("aa:bb");
    assertThat(settings.signing()).isEqualTo(SigningAlgorithm.PKCS1V15_SHA224);
    values.put("encryption_algorithm", "x");
    assertThatThrownBy(() -> SignInSettings.of(Options.of(values), Map.of()))
        .hasMessageContaining("encryption_algorithm");
  }

  private SignInSettings settings(SignInSettings.MasterProof proof) {
    return TestMinion.settings(home, TestMaster.MINION_1, proof);
  }

  private SignInResult signIn(SignInSettings.MasterProof proof) {
    return signIn(settings(proof));
  }

  private SignInResult signIn(SignInSettings settings) {
    return new SignIn(settings, new SecureRandom()).attempt(master.line(), SECOND, 1);
  }

  /** Signs in with an answer that is changed on its way, by someone with the master's key. */
  private SignInResult changed(boolean signed, Consumer<Map<Object, Object>> change) {
    TestMaster.Line line = master.line();
    line.onReply =
        reply -> {
          Map<Object, Object> outer = MessagePack.unpackMap(reply);
          Map<Object, Object> load = MessagePack.unpackMap(((Bytes) outer.get("load")).toArray());
          change.accept(load);
          byte[] packed = MessagePack.NETWORK.pack(load);
          byte[] signature =
              signed
                  ? master.identity.key().sign(packed, SigningAlgorithm.PKCS1V15_SHA1)
                  : ((Bytes) outer.get("sig")).toArray();
          return MessagePack.NETWORK.pack(Envelope.signed(packed, signature));
        };
    return new SignIn(settings(TestMinion.NO_PROOF), new SecureRandom()).attempt(line, SECOND, 1);
  }

  private TestMaster signingMaster() {
    SecureRandom random = new SecureRandom();
    return new TestMaster(
        directory.resolve(UUID.randomUUID().toString()),
        TestMaster.signingIdentity(),
        random,
        random);
  }

  private void store(String text) throws IOException {
    Files.createDirectories(home);
    Files.writeString(masterKey, text);
  }

  private static void assertRefused(SignInResult result, Why why) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SignInResult.Refused.class,
            refused -> assertThat(refused.why()).as(refused.reason()).isEqualTo(why));
  }
}
