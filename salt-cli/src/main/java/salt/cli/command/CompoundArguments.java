package salt.cli.command;

import java.util.ArrayList;
import java.util.List;
import salt.cli.option.CommandLineError;

/** The arguments of several functions in one {@code salt} command, parted by a separator. */
final class CompoundArguments {
  private CompoundArguments() {}

  /**
   * Parts them: at separators that stand alone, if these are just enough; or else at every
   * separator, also within arguments.
   *
   * @throws CommandLineError when there are not as many parts as functions
   */
  static List<List<String>> split(List<String> arguments, int functions, String separator) {
    long alone = arguments.stream().filter(separator::equals).count();
    List<List<String>> parts =
        alone == functions - 1 ? atLone(arguments, separator) : atAll(arguments, separator);
    if (parts.size() < functions) {
      throw CommandLineError.incomplete(
          "Cannot execute compound command without defining all arguments.\n", false);
    } else if (parts.size() > functions) {
      throw CommandLineError.incomplete(
          "Cannot execute compound command with more arguments than commands.\n", false);
    }
    return parts;
  }

  private static List<List<String>> atLone(List<String> arguments, String separator) {
    List<List<String>> parts = begun();
    for (String argument : arguments) {
      if (argument.equals(separator)) {
        parts.add(new ArrayList<>());
      } else {
        parts.get(parts.size() - 1).add(argument);
      }
    }
    return parts;
  }

  private static List<List<String>> atAll(List<String> arguments, String separator) {
    List<List<String>> parts = begun();
    for (String argument : arguments) {
      if (!argument.contains(separator)) {
        parts.get(parts.size() - 1).add(argument);
        continue;
      }
      int from = 0;
      for (int at = argument.indexOf(separator); at >= 0; at = argument.indexOf(separator, from)) {
        addUnlessEmpty(parts, argument.substring(from, at));
        parts.add(new ArrayList<>());
        from = at + separator.length();
      }
      addUnlessEmpty(parts, argument.substring(from));
    }
    return parts;
  }

  private static void addUnlessEmpty(List<List<String>> parts, String piece) {
    if (!piece.isEmpty()) {
      parts.get(parts.size() - 1).add(piece);
    }
  }

  private static List<List<String>> begun() {
    List<List<String>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    return parts;
  }
}
