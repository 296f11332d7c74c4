package salt.cli.interop;

import java.util.ArrayList;
import java.util.List;

/** Every test at every corner with every release. */
final class Matrix {
  /** The release we follow. */
  static final String CURRENT = "3006.28";

  /** Speaks the protocol before the one with session keys. */
  static final String OLD = "3006.9";

  /** Its local bus takes events with their length and passes them on without. */
  static final String NEWEST = "3008.3";

  private Matrix() {}

  /** All cells; those that share a master and minions follow each other. */
  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (String release : List.of(CURRENT, OLD, NEWEST)) {
      for (Side master : Side.values()) {
        for (Side minion : Side.values()) {
          for (Side cli : Side.values()) {
            Corner corner = new Corner(release, cli, master, minion);
            Trials.all().keySet().forEach(trial -> cells.add(new Cell(corner, trial)));
          }
        }
      }
    }
    return cells;
  }
}
