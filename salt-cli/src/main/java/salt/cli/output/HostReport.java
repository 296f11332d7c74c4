package salt.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import salt.common.payload.PythonOrder;
import salt.common.payload.PythonText;

/** The report about one minion's states. */
final class HostReport {
  private static final int INDENT = 14;
  private static final String INDENTATION = " ".repeat(INDENT);
  private static final int WIDTH = 80;
  private static final List<String> ORCHESTRATIONS =
      List.of("state.orch", "state.orchestrate", "state.sls");

  private final OutputOptions options;
  private final int level;
  private final Palette palette;
  private final TerseState terse;
  private final String mode;
  private final List<String> lines = new ArrayList<>();
  private final StateSummary summary = new StateSummary();
  private Color head = Color.GREEN;
  private boolean changed;

  HostReport(OutputOptions options, int level) {
    this.options = options;
    this.level = level;
    palette = options.palette();
    terse = new TerseState(options, palette);
    mode = options.text("state_output", "full").toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether the minion changed something; known after {@link #format}. */
  boolean changed() {
    return changed;
  }

  String format(Object minion, Object result) {
    String name = PythonText.str(minion);
    if (result instanceof Boolean || result instanceof Long || result instanceof String) {
      message(result);
    } else if (result instanceof List<?> errors) {
      errors(errors);
    } else if (result instanceof Map<?, ?> states) {
      states(states);
      lines.addAll(summary.lines(name, options, palette));
    }
    lines.add(0, palette.paint(head, clean(name) + ":"));
    return String.join("\n", lines);
  }

  private String clean(String text) {
    return options.stripsColors() ? NestedOutputter.withoutEscapes(text) : text;
  }

  /** What a function returned that is no state. */
  private void message(Object result) {
    changed = true;
    List<String> text =
        result instanceof String message
            ? PythonText.lines(message)
            : List.of(PythonText.str(result));
    text.forEach(line -> lines.add(palette.paint(head, "    " + line)));
    head = Color.CYAN;
  }

  private void errors(List<?> errors) {
    head = Color.LIGHT_RED;
    lines.add("    " + palette.paint(head, "Data failed to compile:"));
    for (Object error : errors) {
      lines.add(palette.paint(head, "----------\n    " + clean(PythonText.str(error))));
    }
  }

  private void states(Map<?, ?> states) {
    List<StateResult> results = new ArrayList<>();
    states.forEach(
        (tag, fields) -> {
          if (fields instanceof Map<?, ?> state) {
            complain(tag, state);
            if (state.containsKey("result")) {
              results.add(StateResult.of(tag, state));
            }
          }
        });
    results.sort((a, b) -> PythonOrder.compare(order(a), order(b)).orElse(0));
    results.forEach(this::state);
  }

  private static Object order(StateResult state) {
    return state.has("__run_num__") ? state.fields().get("__run_num__") : 0L;
  }

  private void complain(Object tag, Map<?, ?> state) {
    if (!"changes".equals(tag) && !state.isEmpty() && !state.containsKey("__run_num__")) {
      lines.add(
          0,
          "The State execution failed to record the order in which all states were executed. The"
              + " state return missing data is:");
      lines.add(1, PythonText.pretty(state, 1));
    }
  }

  private void state(StateResult state) {
    int count = options.flag("state_compress_ids", false) ? StateCompression.count(state.id()) : 1;
    summary.count(state.result(), count);
    summary.addDuration(duration(state));
    Changes changes = changes(state);
    if (changes.any()) {
      changed = true;
      summary.addChanges(count > 1 ? Math.max(1, compressed(state)) : 1);
    }
    boolean fine = PythonText.truth(state.result()) && !changes.any();
    boolean quiet =
        options.flag("state_output_diff", false) || !options.flag("state_verbose", true);
    if (!fine || !quiet) {
      show(state, changes);
    }
  }

  private static int compressed(StateResult state) {
    return state.required("changes") instanceof Map<?, ?> changes
            && changes.get(StateCompression.CHANGES) instanceof Map<?, ?> several
        ? several.size()
        : 1;
  }

  private static double duration(StateResult state) {
    Object duration = state.has("duration") ? state.fields().get("duration") : 0L;
    if (duration instanceof Number number) {
      return number.doubleValue();
    } else if (duration instanceof String text) {
      try {
        return Double.parseDouble(text.split(" ms", 2)[0].strip());
      } catch (NumberFormatException noNumber) {
        return 0;
      }
    }
    throw new UnfitData("a duration is no number: " + PythonText.repr(duration));
  }

  private void show(StateResult result, Changes changes) {
    Color color = changes.any() ? Color.CYAN : Color.GREEN;
    if (result.failed()) {
      color = Color.RED;
      head = color;
    } else if (result.result() == null) {
      color = Color.LIGHT_YELLOW;
      head = color;
    }
    StateResult state = mode.endsWith("_id") ? result.namedById() : result;
    switch (shape(state, changes)) {
      case FULL -> full(state, changes, color);
      case TERSE -> lines.add(terse.format(state, color));
      case NONE -> {}
    }
  }

  /** How much of a state is shown. */
  private enum Shape {
    FULL,
    TERSE,
    NONE
  }

  private Shape shape(StateResult state, Changes changes) {
    if (mode.startsWith("filter")) {
      String result = PythonText.str(state.result());
      if (filter("terse").contains(result)) {
        return Shape.TERSE;
      }
      return filter("exclude").contains(result) ? Shape.NONE : Shape.FULL;
    }
    boolean fine = PythonText.truth(state.result()) && !changes.any();
    boolean isTerse =
        mode.startsWith("terse")
            || (mode.startsWith("mixed") && !state.failed())
            || (mode.startsWith("changes") && fine);
    return isTerse ? Shape.TERSE : Shape.FULL;
  }

  /** Results named on the command line, as {@code exclude=True,False}, or else in the options. */
  private List<?> filter(String name) {
    Object filter = options.any("state_output_" + name);
    if (options.any("arg") instanceof List<?> arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Map<?, ?> keywords
            && keywords.containsKey("__kwarg__")
            && keywords.containsKey(name)) {
          filter = keywords.get(name);
        }
      }
    }
    if (filter instanceof String text) {
      return Arrays.asList(text.split(",", -1));
    }
    return filter instanceof List<?> list ? list : List.of();
  }

  private void full(StateResult state, Changes changes, Color color) {
    lines.add(palette.paint(color, "----------"));
    field(color, "      ID: ", state.id());
    field(color, "Function: ", state.module() + "." + state.function());
    if (!state.id().equals(state.name())) {
      field(color, "    Name: ", state.name());
    }
    field(color, "  Result: ", PythonText.str(state.result()));
    field(color, " Comment: ", comment(state));
    if (options.flag("state_output_profile", true) && state.has("start_time")) {
      field(color, " Started: ", state.text("start_time"));
      field(color, "Duration: ", state.has("duration") ? state.text("duration") + " ms" : "");
    }
    lines.add(palette.paint(color, "     Changes:   " + changes.text()));
    if (state.has("warnings")) {
      summary.addWarning();
      String warnings = TextWrap.wrap(String.join("\n", state.warnings()), WIDTH, INDENT);
      lines.add("   " + palette.paint(Color.LIGHT_RED, " Warnings: " + warnings));
    }
  }

  private void field(Color color, String label, String text) {
    lines.add("    " + palette.paint(color, label + text));
  }

  private static String comment(StateResult state) {
    StringBuilder comment = new StringBuilder();
    comment.append(state.text("comment").strip().replace("\n", "\n" + INDENTATION));
    Object data = state.fields().get("data");
    if (data instanceof List<?> items) {
      items.forEach(item -> comment.append(' ').append(PythonText.str(item)));
    } else if (data instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) ->
              comment
                  .append("\n\t\t")
                  .append(PythonText.str(key))
                  .append(": ")
                  .append(PythonText.str(value)));
    } else if (state.has("data")) {
      comment.append(' ').append(PythonText.str(data));
    }
    return comment.toString();
  }

  /** Whether a state changed something, and what, ready to be shown. */
  private record Changes(boolean any, String text) {}

  private Changes changes(StateResult state) {
    Object changes = state.required("changes");
    Object name = state.fields().get("name");
    if (name instanceof String function && ORCHESTRATIONS.contains(function)) {
      String nested = "\n" + HighstateOutputter.render(changes, options, level + 1);
      String indent = INDENTATION.repeat(level);
      return new Changes(true, indent + nested.replace("\n", "\n" + indent));
    } else if (!PythonText.truth(changes)) {
      return new Changes(false, "");
    } else if (!(changes instanceof Map<?, ?> map)) {
      return new Changes(true, "Invalid Changes data: " + PythonText.str(changes));
    } else if (map.get("ret") != null && "highstate".equals(map.get("out"))) {
      return returned(map.get("ret"));
    }
    return new Changes(
        true, "\n" + NestedOutputter.render(changes, options, INDENT).stripTrailing());
  }

  /** What minions returned to an orchestration. */
  private Changes returned(Object returns) {
    if (!(returns instanceof Map<?, ?> minions)) {
      throw new UnfitData("what minions returned is kept by minion");
    }
    boolean any = false;
    StringBuilder text = new StringBuilder();
    for (Map.Entry<?, ?> minion : minions.entrySet()) {
      HostReport report = new HostReport(options, 1);
      String nested = report.format(minion.getKey(), minion.getValue());
      PythonText.lines(nested).forEach(line -> text.append('\n').append(INDENTATION).append(line));
      any |= report.changed();
    }
    return new Changes(any, text.toString());
  }
}
