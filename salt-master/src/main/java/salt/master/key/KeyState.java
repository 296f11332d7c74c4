package salt.master.key;

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
}
