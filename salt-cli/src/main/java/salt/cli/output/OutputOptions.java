package salt.cli.output;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.payload.PythonText;

/** The options that outputters heed, under Salt's names; all may be missing. */
public final class OutputOptions {
  private final Map<String, Object> values;
  private final boolean terminal;
  private final boolean failed;

  /** Made when it is first asked for, as a theme is read from a file. */
  private Palette palette;

  private OutputOptions(Map<String, Object> values, boolean terminal, boolean failed) {
    this.values = values;
    this.terminal = terminal;
    this.failed = failed;
  }

  /**
   * Takes what it needs from the options of a program and of its command line: {@code output},
   * {@code output_indent}, {@code color}, {@code force_color}, {@code no_color}, {@code
   * strip_colors}, {@code static}, {@code fun}, {@code arg}, {@code state_*} and others.
   *
   * @param options names and values; {@code output_indent} must be absent when it was not given
   * @param terminal whether the text goes to a terminal: that decides about colours when no option
   *     does
   */
  public static OutputOptions of(Map<String, ?> options, boolean terminal) {
    return new OutputOptions(
        Collections.unmodifiableMap(new LinkedHashMap<>(options)), terminal, false);
  }

  /** The same for a result whose return code was not zero, which some outputters show in red. */
  public OutputOptions failed() {
    return new OutputOptions(values, terminal, true);
  }

  /** The same with one option replaced or added. */
  public OutputOptions with(String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new OutputOptions(Collections.unmodifiableMap(changed), terminal, failed);
  }

  boolean hasFailed() {
    return failed;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Object any(String name) {
    return values.get(name);
  }

  boolean flag(String name, boolean fallback) {
    return has(name) ? PythonText.truth(any(name)) : fallback;
  }

  /** The option as text, {@code fallback} when it is not there or not text. */
  String text(String name, String fallback) {
    return any(name) instanceof String text ? text : fallback;
  }

  int integer(String name) {
    return any(name) instanceof Number number ? number.intValue() : 0;
  }

  /** Whether escape sequences in the data are made harmless. */
  boolean stripsColors() {
    return flag("strip_colors", true);
  }

  /** The colours to use: none, unless asked for or writing to a terminal. */
  Palette palette() {
    if (palette == null) {
      String theme = text("color_theme", "");
      palette =
          isColored()
              ? Palette.colored(theme.isEmpty() ? null : Path.of(theme))
              : Palette.colorless();
    }
    return palette;
  }

  private boolean isColored() {
    if (flag("force_color", false)) {
      return true;
    }
    boolean seen = terminal && text("output_file", "").isEmpty();
    return !flag("no_color", false) && flag("color", seen);
  }
}
