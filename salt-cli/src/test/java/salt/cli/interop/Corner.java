package salt.cli.interop;

/**
 * A combination of programs.
 *
 * @param release of real Salt
 * @param cli whose command line
 * @param master whose master
 * @param minion whose minions
 */
record Corner(String release, Side cli, Side master, Side minion) {
  /** The same for all command lines that share the master and the minions. */
  Corner site() {
    return new Corner(release, master, master, minion);
  }

  String siteName() {
    return "%s: %s master, %s minion".formatted(release, master, minion);
  }

  @Override
  public String toString() {
    return "%s cli, %s master, %s minion".formatted(cli, master, minion);
  }
}
