package salt.cli.output;

import java.util.Arrays;
import java.util.List;
import salt.common.payload.PythonText;

/** One state in one line. */
final class TerseState {
  private final OutputOptions options;
  private final Palette palette;

  TerseState(OutputOptions options, Palette palette) {
    this.options = options;
    this.palette = palette;
  }

  String format(StateResult state, Color color) {
    Object tabular = options.any("state_tabular");
    if (tabular instanceof String format) {
      return FormatString.format(format, fields(state, color));
    }
    StringBuilder out = new StringBuilder();
    boolean table = Boolean.TRUE.equals(tabular);
    if (state.has("warnings")) {
      String warnings = "Warnings:\n" + String.join("\n", state.warnings());
      out.append(palette.paint(Color.LIGHT_RED, warnings)).append(table ? "\n" : "");
    }
    boolean profile = options.flag("state_output_profile", true) && state.has("start_time");
    String result = result(state);
    if (table) {
      String times =
          profile ? "%s [%7s ms] ".formatted(state.text("start_time"), state.text("duration")) : "";
      String function = "%10s.%-10s %-7s".formatted(state.module(), state.function(), result);
      String line = times + function + "   Name: " + state.name();
      return out.append(palette.paint(color, line)).toString();
    }
    String function = state.module() + "." + state.function();
    String line = " Name: " + state.name() + " - Function: " + function + " - Result: " + result;
    if (profile) {
      line += " - Started: " + state.text("start_time");
      line += " - Duration: " + state.text("duration") + " ms";
    }
    return out.append(' ').append(palette.paint(color, line)).toString();
  }

  private static String result(StateResult state) {
    if (state.failed()) {
      return "Failed";
    } else if (state.result() == null) {
      return "Differs";
    }
    return PythonText.truth(state.required("changes")) ? "Changed" : "Clean";
  }

  /** What a format of one's own refers to by position. */
  private List<Object> fields(StateResult state, Color color) {
    return Arrays.asList(
        palette.on(color),
        state.name(),
        state.module(),
        state.function(),
        result(state),
        palette.off(),
        state.fields());
  }
}
