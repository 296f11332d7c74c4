package salt.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;

/** Checks of option values that several programs share. */
final class Checks {
  private static final List<String> KINDS_OF_KEYS =
      List.of("acc", "pre", "un", "rej", "den", "all");

  private Checks() {}

  /** Turns {@code --state-verbose} into a truth value where it is one. */
  static void stateVerbose(CommandLine line) {
    switch (line.text("state_verbose")) {
      case "True", "true" -> line.replace("state_verbose", true);
      case "False", "false" -> line.replace("state_verbose", false);
      default -> {}
    }
  }

  /** Turns an option into a truth value where it is one, in any case of letters. */
  static void truth(CommandLine line, String dest) {
    switch (line.text(dest).toLowerCase(Locale.ROOT)) {
      case "true" -> line.replace(dest, true);
      case "false" -> line.replace(dest, false);
      default -> {}
    }
  }

  /** Turns {@code --no-parse} into the list of names it has. */
  static void noParse(CommandLine line) {
    List<String> names = new ArrayList<>();
    if (!line.text("no_parse").isEmpty()) {
      for (String name : line.text("no_parse").split(",", -1)) {
        names.add(name.strip());
      }
    }
    line.replace("no_parse", names);
  }

  /** The names in {@code --no-parse}. */
  static Set<String> verbatim(CommandLine line) {
    Set<String> names = new LinkedHashSet<>();
    for (Object name : (List<?>) line.value("no_parse")) {
      names.add(String.valueOf(name));
    }
    return names;
  }

  /** Refuses a kind of keys that there is none of. */
  static void kindOfKeys(CommandLine line) {
    String kind = line.text("list");
    if (!kind.isEmpty() && KINDS_OF_KEYS.stream().noneMatch(kind::startsWith)) {
      throw CommandLineError.usage("'" + kind + "' is not a valid argument to '--list'");
    }
  }

  /** Refuses sizes of keys that are too small or too large. */
  static void keySize(CommandLine line) {
    double size = ((Number) line.value("keysize")).doubleValue();
    if (size < 2048) {
      throw CommandLineError.usage("The minimum value for keysize is 2048");
    } else if (size > 32768) {
      throw CommandLineError.usage("The maximum value for keysize is 32768");
    }
  }

  /** Refuses a job id that is none. */
  static void jobId(CommandLine line) {
    String jid = line.text("jid");
    boolean wellFormed = jid.matches("\\d{20}(_.+)?");
    if (line.value("jid") != null && !wellFormed) {
      throw CommandLineError.usage("'" + jid + "' is not a valid JID");
    }
  }
}
