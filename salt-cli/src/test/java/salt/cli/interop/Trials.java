package salt.cli.interop;

import java.util.LinkedHashMap;
import java.util.Map;

/** All tests by name, in the order in which they are run at a corner. */
final class Trials {
  private Trials() {}

  static Map<String, Trial> all() {
    Map<String, Trial> all = new LinkedHashMap<>();
    all.put("accept reject and delete keys", KeyTrials::acceptRejectDelete);
    all.putAll(CallTrials.all());
    all.putAll(TargetTrials.all());
    all.putAll(FileTrials.all());
    all.putAll(MinionTrials.all());
    all.put("large return, one event size", CallTrials::largeReturn);
    all.put("restart of the master", RestartTrials::masterRestart);
    all.put("large return, other event size", CallTrials::largeReturn);
    all.put("reconnect of a minion", RestartTrials::minionReconnect);
    return all;
  }
}
