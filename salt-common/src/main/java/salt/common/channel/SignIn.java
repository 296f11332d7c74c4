package salt.common.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import salt.common.crypto.Crypticle;
import salt.common.crypto.CryptoException;
import salt.common.crypto.KeyFiles;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.RsaPublicKey;
import salt.common.payload.Bytes;
import salt.common.payload.MalformedPayload;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;

/**
 * A minion's signing in at one master ({@code _auth}): shows its key, and checks the master's
 * answer before anything in it is believed. Usable from any thread.
 *
 * <p>The first master's key is stored and trusted from then on. Here it is stored only once the
 * whole answer proved right, where Salt stores it first.
 */
public final class SignIn {
  /** Signing in says 3 always: every master since 3004 answers that. */
  private static final int VERSION = 3;

  private final SignInSettings settings;
  private final RsaPrivateKey key;
  private final String publicText;
  private final Bytes proof;
  private final String token;

  /**
   * Reads the minion's key pair from {@code pki_dir}, or makes it, and the directory.
   *
   * @throws CryptoException that names the key file which can't be used
   * @throws UncheckedIOException when the directory can't be made
   */
  public SignIn(SignInSettings settings, SecureRandom random) {
    this.settings = settings;
    Path directory = settings.pkiDir();
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(directory + ": can't be made: " + e.getMessage(), e);
    }
    this.key = KeyFiles.readOrGenerate(directory, "minion", settings.keysize(), "");
    this.publicText = RsaPublicKey.clean(RsaPublicKey.read(directory.resolve("minion.pub")).text());
    this.proof = Bytes.wrap(key.privateEncrypt("salt".getBytes(StandardCharsets.US_ASCII)));
    this.token = Crypticle.generate(random).keyString();
  }

  /** The settings that this signs in by. */
  public SignInSettings settings() {
    return settings;
  }

  /** The minion's own key. */
  public RsaPrivateKey key() {
    return key;
  }

  /** {@code tok}: the proof of the minion's key that its requests carry; always the same. */
  public Bytes proof() {
    return proof;
  }

  /** The master's key that is stored, or nothing before the first acceptance. */
  public Optional<RsaPublicKey> masterKey() {
    Path file = settings.pkiDir().resolve(settings.masterKeyFile());
    return Files.exists(file) ? Optional.of(RsaPublicKey.read(file)) : Optional.empty();
  }

  /**
   * Asks the master once, with repetitions when there is no reply.
   *
   * @param timeout {@code auth_timeout}: how long each try waits
   * @param tries {@code auth_tries}
   * @throws TransportException when no try had a reply
   * @throws CryptoException when the stored master key can't be read; the message names the file
   */
  public SignInResult attempt(Transport.RequestClient client, Duration timeout, int tries) {
    Request request = request();
    byte[] reply = Tries.ask(client, request.body().toArray(), timeout, tries);
    return read(request, reply);
  }

  /**
   * Makes a request to sign in.
   *
   * @throws CryptoException when the stored master key can't be read; the message names the file
   */
  public Request request() {
    String nonce = Envelope.nonce();
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_auth");
    load.put("id", settings.id());
    load.put("nonce", nonce);
    load.put("enc_algo", settings.encryption().wireName());
    load.put("sig_algo", settings.signing().wireName());
    if (!settings.autosignGrains().isEmpty()) {
      load.put("autosign_grains", settings.autosignGrains());
    }
    Optional<RsaPublicKey> masterKey = masterKey();
    masterKey.ifPresent(
        known ->
            load.put(
                "token",
                Bytes.wrap(
                    known.encrypt(
                        token.getBytes(StandardCharsets.US_ASCII), settings.encryption()))));
    load.put("pub", publicText);
    return new Request(Bytes.wrap(Envelope.clear(load, VERSION)), nonce, masterKey.isPresent());
  }

  /**
   * A request to sign in, and what its reply is checked against.
   *
   * @param body what is sent
   * @param nonce what the reply must repeat
   * @param withToken whether a master key was known, so that the master had to decrypt a token
   */
  public record Request(Bytes body, String nonce, boolean withToken) {}

  /** Checks the reply to {@code request}; stores the master's key when it is the first. */
  public SignInResult read(Request request, byte[] reply) {
    try {
      return new SignInReply(this, request, token).read(reply);
    } catch (SignInReply.Refusal e) {
      return new SignInResult.Refused(e.why(), e.getMessage());
    } catch (MalformedPayload | CryptoException e) {
      return new SignInResult.Refused(
          SignInResult.Why.NOT_UNDERSTOOD,
          "the master's answer to signing in is not understood: " + e.getMessage());
    }
  }
}
