package salt.cli.command;

import java.util.ArrayList;
import java.util.List;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.cli.option.Option;

/** The target of a command line and what it means. */
final class Targets {
  private Targets() {}

  /** Refuses more than one option that says what the target means. */
  static void check(CommandLine line) {
    List<Option> chosen = chosen(line);
    if (chosen.size() > 1) {
      throw CommandLineError.usage(
          "The options "
              + String.join("/", chosen.stream().map(Option::longName).toList())
              + " are mutually exclusive. Please only choose one of them");
    }
  }

  /** The type of the target, {@code glob} unless an option says otherwise. */
  static String type(CommandLine line) {
    List<Option> chosen = chosen(line);
    if (chosen.isEmpty()) {
      return "glob";
    }
    String dest = chosen.get(0).dest();
    return dest.equals("pillar_target") ? "pillar" : dest;
  }

  /** The items of a list target: between commas, or else between blanks. */
  static List<Object> items(String target, boolean blanksBesideCommas) {
    if (target.contains(",")) {
      String text = blanksBesideCommas ? target.replace(" ", "") : target;
      return List.of((Object[]) text.split(",", -1));
    }
    return target.isBlank() ? List.of() : List.of((Object[]) target.strip().split("\\s+"));
  }

  private static List<Option> chosen(CommandLine line) {
    List<Option> chosen = new ArrayList<>();
    for (Option option : line.table().group(SharedOptions.TARGET)) {
      if (line.flag(option.dest())) {
        chosen.add(option);
      }
    }
    return chosen;
  }
}
