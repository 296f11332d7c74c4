package salt.minion.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import salt.common.crypto.Fingerprint;
import salt.common.loader.Argument;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;

/** Shows the minion's key and its master's. */
@ExecutionModule("key")
public final class KeyModule {
  private final MinionContext context;

  /** The module of one minion. */
  public KeyModule(MinionContext context) {
    this.context = context;
  }

  /**
   * Returns the fingerprint of the minion's public key.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' key.finger
   * </pre>
   */
  @Exposed
  public String finger(@Argument.Default("null") String hashType) throws IOException {
    return fingerprint("minion.pub", hashType);
  }

  /**
   * Returns the fingerprint of the public key of the minion's master.
   *
   * <p>CLI Example:
   *
   * <pre>
   * salt '*' key.finger_master
   * </pre>
   */
  @Exposed
  public String fingerMaster(@Argument.Default("null") String hashType) throws IOException {
    return fingerprint("minion_master.pub", hashType);
  }

  private String fingerprint(String name, String hashType) throws IOException {
    Path file = context.options().path("pki_dir").resolve(name);
    String type = hashType == null ? context.options().text("hash_type", "sha256") : hashType;
    return Files.isRegularFile(file) ? Fingerprint.of(Files.readString(file), type) : "";
  }
}
