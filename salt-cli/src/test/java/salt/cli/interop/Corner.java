package salt.cli.interop;

/**
 * A combination of programs.
 *
 * @param release of real Salt, or {@code none} where all is ours
 * @param cli whose command line
 * @param master whose master
 * @param minion whose minions
 */
record Corner(String release, Side cli, Side master, Side minion) {
  static final String NO_RELEASE = "none";

  /** The master and the minions, which command lines share. */
  Corner withCli(Side other) {
    return new Corner(release, other, master, minion);
  }

  boolean all(Side side) {
    return cli == side && master == side && minion == side;
  }

  @Override
  public String toString() {
    return "%s cli, %s master, %s minion".formatted(cli, master, minion);
  }
}
