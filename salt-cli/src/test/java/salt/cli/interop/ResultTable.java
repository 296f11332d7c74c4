package salt.cli.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came out, by release, corner and test. */
final class ResultTable {
  private final Map<Corner, Map<String, String>> results = new LinkedHashMap<>();

  /** Says that this test has to be run at this corner. */
  synchronized void expect(Cell cell) {
    results.computeIfAbsent(cell.corner(), any -> new LinkedHashMap<>()).put(cell.trial(), "");
  }

  /** Keeps what came out, and prints it: a visit of all takes a while. */
  synchronized void note(Cell cell, String result) {
    results.get(cell.corner()).put(cell.trial(), result);
    System.out.println(cell + ": " + result);
  }

  /** What was to be run and was not, by corner. */
  synchronized Map<String, List<String>> empty() {
    Map<String, List<String>> missing = new LinkedHashMap<>();
    results.forEach(
        (corner, row) -> {
          List<String> trials =
              row.keySet().stream().filter(trial -> row.get(trial).equals("")).toList();
          if (!trials.isEmpty()) {
            missing.put(corner.release() + ": " + corner, trials);
          }
        });
    return missing;
  }

  /** A line per test, a column per corner; corners are named by letters: cli, master, minion. */
  synchronized String text() {
    Set<String> trials = new LinkedHashSet<>();
    results.values().forEach(row -> trials.addAll(row.keySet()));
    int wide = trials.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder("Interop: t = theirs, o = ours: cli, master, minion\n");
    List<List<String>> columns = new ArrayList<>();
    List<String> left = new ArrayList<>(List.of("release", "corner"));
    left.addAll(trials);
    columns.add(left);
    results.forEach(
        (corner, row) -> {
          List<String> column = new ArrayList<>(List.of(corner.release(), letters(corner)));
          trials.forEach(trial -> column.add(row.getOrDefault(trial, "-")));
          columns.add(column);
        });
    for (int line = 0; line < left.size(); line++) {
      text.append(("%-" + (wide + 1) + "s").formatted(left.get(line)));
      for (List<String> column : columns.subList(1, columns.size())) {
        text.append("|%-8s".formatted(column.get(line)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String letters(Corner corner) {
    StringBuilder letters = new StringBuilder();
    for (Side side : List.of(corner.cli(), corner.master(), corner.minion())) {
      letters.append(side.toString().charAt(0));
    }
    return letters.toString();
  }
}
