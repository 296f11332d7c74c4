package salt.master.key;

import java.util.Arrays;
import java.util.Optional;

/** What the master thinks of a minion's key; each state is a directory of {@code pki_dir}. */
public enum KeyState {
  /** The minion may sign in. */
  ACCEPTED("minions"),
  /** Waits for an operator's decision. */
  PENDING("minions_pre"),
  /** An operator or a rule said no. */
  REJECTED("minions_rejected"),
  /** Another key came under an id that has one already. */
  DENIED("minions_denied");

  private final String directory;

  KeyState(String directory) {
    this.directory = directory;
  }

  /** The directory's name, by which Salt's tools name the state too. */
  public String directory() {
    return directory;
  }

  /** The state that Salt's tools name by {@code directory}, if there is one. */
  public static Optional<KeyState> ofDirectory(String directory) {
    return Arrays.stream(values()).filter(state -> state.directory.equals(directory)).findFirst();
  }

  /** The state that an operator means: a word that begins with acc, pre, un, rej or den. */
  public static Optional<KeyState> ofKind(String kind) {
    if (kind.startsWith("acc")) {
      return Optional.of(ACCEPTED);
    } else if (kind.startsWith("pre") || kind.startsWith("un")) {
      return Optional.of(PENDING);
    } else if (kind.startsWith("rej")) {
      return Optional.of(REJECTED);
    }
    return kind.startsWith("den") ? Optional.of(DENIED) : Optional.empty();
  }
}
