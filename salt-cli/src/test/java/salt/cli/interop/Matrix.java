package salt.cli.interop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which corners are visited with which release, and what is tested there. */
final class Matrix {
  /** The release we follow: everything. */
  static final String CURRENT = "3006.28";

  /** Speaks the protocol before the one with session keys. */
  static final String OLD = "3006.9";

  /** Its local bus takes events with their length and passes them on without. */
  static final String NEWEST = "3008.3";

  private Matrix() {}

  /** All corners; those that share a master and minions follow each other. */
  static List<Corner> corners() {
    List<Corner> corners = new ArrayList<>();
    for (String release : List.of(CURRENT, OLD, NEWEST)) {
      for (Side master : Side.values()) {
        for (Side minion : Side.values()) {
          for (Side cli : Side.values()) {
            add(corners, new Corner(release, cli, master, minion));
          }
        }
      }
    }
    return corners;
  }

  /** All of ours has no release and is visited once; all of theirs only shows what is expected. */
  private static void add(List<Corner> corners, Corner corner) {
    boolean same = corner.all(Side.OURS) || corner.all(Side.THEIRS);
    if (!same || corner.release().equals(CURRENT)) {
      corners.add(corner);
    }
  }

  /** The names of the tests of a corner. */
  static Collection<String> trials(Corner corner) {
    return corner.release().equals(CURRENT) ? Trials.all().keySet() : Trials.CORE;
  }
}
