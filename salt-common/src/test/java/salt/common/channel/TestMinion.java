package salt.common.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import salt.common.crypto.EncryptionAlgorithm;
import salt.common.crypto.SigningAlgorithm;
import salt.common.payload.Vectors;

/** Makes minions with recorded keys. */
final class TestMinion {
  static final SignInSettings.MasterProof NO_PROOF = proof(false, false, "");
  static final ChannelSettings SETTINGS =
      new ChannelSettings(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 1, false);

  private TestMinion() {}

  static SignInSettings.MasterProof proof(boolean verify, boolean always, String finger) {
    return new SignInSettings.MasterProof(verify, always, "master_sign", finger, "sha256");
  }

  /** The settings of vec-minion-1 or -2, whose keys are laid into {@code directory}. */
  static SignInSettings settings(Path directory, String id, SignInSettings.MasterProof proof) {
    String name = id.equals(TestMaster.MINION_1) ? "minion1" : "minion2";
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("minion.pem"), Vectors.privateKey(name));
      Files.writeString(directory.resolve("minion.pub"), Vectors.publicKey(name));
      Files.writeString(directory.resolve("master_sign.pub"), Vectors.publicKey("master_sign"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SignInSettings(
        id,
        directory,
        "minion_master.pub",
        2048,
        Map.of(),
        EncryptionAlgorithm.OAEP_SHA1,
        SigningAlgorithm.PKCS1V15_SHA1,
        false,
        proof);
  }

  static SignIn signIn(Path directory, String id) {
    return new SignIn(settings(directory, id, NO_PROOF), new SecureRandom());
  }

  static MinionChannel channel(Path directory, TestMaster master, TestMaster.Line line) {
    return new MinionChannel(signIn(directory, TestMaster.MINION_1), line, SETTINGS, master.clock);
  }
}
