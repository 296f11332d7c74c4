package salt.cli.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import salt.common.payload.PythonOrder;
import salt.common.payload.PythonText;

/** Counts the results of one minion's states and writes the lines at the end of its report. */
final class StateSummary {
  private static final int LONGEST_LABEL = "Succeeded".length();
  private static final int MILLISECONDS_SHOWN = 999;

  private int succeeded;
  private int failed;
  private int unchanged;
  private int other;
  private int warnings;
  private int changed;
  private double duration;
  private boolean any;

  /** Counts so many states with this result. */
  void count(Object result, int states) {
    any = true;
    if (result == null) {
      unchanged += states;
    } else if (PythonOrder.equal(result, true)) {
      succeeded += states;
    } else if (PythonOrder.equal(result, false)) {
      failed += states;
    } else {
      other += states;
    }
  }

  void addChanges(int changes) {
    changed += changes;
  }

  void addWarning() {
    warnings++;
  }

  void addDuration(double milliseconds) {
    duration += milliseconds;
  }

  /** The lines; some hold ends of line. */
  List<String> lines(String minion, OutputOptions options, Palette palette) {
    List<String> lines = new ArrayList<>();
    int width = width();
    String rule = "-".repeat(width);
    Color failure = failed > 0 ? Color.RED : Color.CYAN;
    lines.add(palette.paint(Color.CYAN, "\nSummary for " + minion + "\n" + rule));
    String success = count("Succeeded", String.valueOf(succeeded + unchanged));
    lines.add(palette.paint(Color.GREEN, success) + changes(palette));
    lines.add(palette.paint(failure, count("Failed", String.valueOf(failed))));
    int total = succeeded + failed + unchanged + other;
    if (options.flag("state_output_pct", false) && total > 0) {
      lines.add(
          palette.paint(Color.GREEN, count("Success %", percent(succeeded + unchanged, total))));
      lines.add(palette.paint(failure, count("Failure %", percent(failed, total))));
    }
    if (warnings > 0) {
      lines.add(palette.paint(Color.LIGHT_RED, count("Warnings", String.valueOf(warnings))));
    }
    String totals = "\nTotal states run: " + right(String.valueOf(total), width - 7);
    lines.add(palette.paint(Color.CYAN, rule + totals));
    if (options.flag("state_output_profile", true)) {
      lines.add(palette.paint(Color.CYAN, "Total run time: " + time(width - 5)));
    }
    return lines;
  }

  private String changes(Palette palette) {
    List<String> parts = new ArrayList<>();
    if (unchanged > 0) {
      parts.add(palette.paint(Color.LIGHT_YELLOW, "unchanged=" + unchanged));
    }
    if (changed > 0) {
      parts.add(palette.paint(Color.GREEN, "changed=" + changed));
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  /** As wide as the longest label, the longest number and the colon between them. */
  private int width() {
    int digits =
        IntStream.of(succeeded, failed, unchanged, other, warnings)
            .map(number -> String.valueOf(number).length())
            .max()
            .getAsInt();
    return LONGEST_LABEL + 2 + (any ? digits : 0);
  }

  private String count(String label, String number) {
    return label + ": " + right(number, width() - label.length() - 2);
  }

  private static String percent(int part, int total) {
    return PythonText.repr(
        new BigDecimal((double) part / total * 100)
            .setScale(2, RoundingMode.HALF_EVEN)
            .doubleValue());
  }

  /** In seconds from a second on. */
  private String time(int width) {
    boolean seconds = duration > MILLISECONDS_SHOWN;
    BigDecimal shown =
        new BigDecimal(seconds ? duration / 1000 : duration).setScale(3, RoundingMode.HALF_EVEN);
    return right(shown.toPlainString(), width) + (seconds ? " s" : " ms");
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
