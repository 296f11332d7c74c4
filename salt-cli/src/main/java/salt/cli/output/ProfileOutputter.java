package salt.cli.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import salt.common.payload.PythonText;

/** The states of a run in the order of the time they took. */
final class ProfileOutputter implements Outputter {
  private static final int INDENT = 4;
  private static final String SEPARATOR = "_\\|-";

  /** One state. */
  private record Row(String name, String function, BigDecimal duration) {}

  @Override
  public String render(Object data, OutputOptions options) {
    List<Row> rows = new ArrayList<>();
    map(data)
        .values()
        .forEach(states -> map(states).forEach((tag, run) -> rows.add(row(tag, run))));
    if (rows.isEmpty()) {
      return "";
    }
    rows.sort(Comparator.comparing(Row::duration));
    int width = rows.stream().mapToInt(row -> row.duration().toString().length()).max().getAsInt();
    String title = "duration (ms)";
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("name", "mod.fun", title));
    for (Row row : rows) {
      String duration = row.duration().toString();
      int blanks = Math.max(width, title.length()) - duration.length();
      cells.add(List.of(row.name(), row.function(), " ".repeat(blanks) + duration));
    }
    return String.join("\n", new TextTable(options.palette(), INDENT).lines(cells));
  }

  private static Row row(Object tag, Object run) {
    String[] parts = PythonText.str(tag).split(SEPARATOR, -1);
    String function = parts[0] + "." + parts[parts.length - 1];
    if (run instanceof Map<?, ?> state) {
      Object name = state.containsKey("name") ? state.get("name") : state.get("__id__");
      Object duration = state.containsKey("duration") ? state.get("duration") : -1L;
      return new Row(name == null ? "<>" : PythonText.str(name), function, number(duration));
    }
    return new Row(PythonText.str(tag), function, number(-1L));
  }

  private static BigDecimal number(Object duration) {
    try {
      return new BigDecimal(PythonText.str(duration).strip()).setScale(4, RoundingMode.HALF_EVEN);
    } catch (NumberFormatException e) {
      throw new UnfitData("a duration is no number: " + PythonText.repr(duration));
    }
  }

  private static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new UnfitData("results of states are maps");
  }
}
