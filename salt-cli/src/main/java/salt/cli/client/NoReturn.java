package salt.cli.client;

/** The words for a minion that did not return. */
final class NoReturn {
  private static final String OUTPUTTER = "no_return";

  private NoReturn() {}

  static MinionReturn notConnected(String id) {
    return of(id, "Minion did not return. [Not connected]");
  }

  static MinionReturn noResponse(String id, String jid) {
    return of(id, "Minion did not return. [No response]\n" + lookUp(jid));
  }

  /** How to find what arrives later. */
  static String lookUp(String jid) {
    return "The minions may not have all finished running and any remaining minions will return"
        + " upon completion. To look up the return data for this job later, run the following"
        + " command:\n\nsalt-run jobs.lookup_jid "
        + jid;
  }

  private static MinionReturn of(String id, String words) {
    return new MinionReturn(id, false, words, 1L, OUTPUTTER);
  }
}
