package salt.cli.option;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parses command lines as Salt's commands do, which is as Python's optparse does: options and
 * arguments mixed, long options by any unambiguous beginning, {@code --name=value}, short options
 * joined, {@code --} ending the options, and the same words when something is wrong.
 */
public final class OptionParser {
  private final OptionTable table;
  private final Map<String, Option> byName = new TreeMap<>();

  /** A parser of the options of that table. */
  public OptionParser(OptionTable table) {
    this.table = table;
    for (Option option : table.options()) {
      for (String name : option.names()) {
        byName.put(name, option);
      }
    }
  }

  /**
   * Parses a command line, up to an option that asks for help or the version.
   *
   * @throws CommandLineError when it is wrong
   */
  public CommandLine parse(List<String> words) {
    CommandLine line = new CommandLine(table);
    Iterator<String> rest = words.iterator();
    while (rest.hasNext() && line.request() == CommandLine.Request.RUN) {
      String word = rest.next();
      if (word.equals("--")) {
        rest.forEachRemaining(line::add);
      } else if (word.startsWith("--")) {
        parseLong(word, rest, line);
      } else if (word.startsWith("-") && word.length() > 1) {
        parseShort(word, rest, line);
      } else {
        line.add(word);
      }
    }
    return line;
  }

  private void parseLong(String word, Iterator<String> rest, CommandLine line) {
    int equals = word.indexOf('=');
    String name = complete(equals < 0 ? word : word.substring(0, equals));
    Option option = byName.get(name);
    if (option.action().takesValue()) {
      String value = equals < 0 ? next(name, rest) : word.substring(equals + 1);
      store(option, name, value, line);
    } else if (equals >= 0) {
      throw CommandLineError.usage(name + " option does not take a value");
    } else {
      act(option, line);
    }
  }

  private void parseShort(String word, Iterator<String> rest, CommandLine line) {
    int index = 1;
    while (index < word.length()) {
      int end = word.offsetByCodePoints(index, 1);
      String name = "-" + word.substring(index, end);
      Option option = byName.get(name);
      if (option == null) {
        throw CommandLineError.usage("no such option: " + name);
      } else if (option.action().takesValue()) {
        String joined = word.substring(end);
        store(option, name, joined.isEmpty() ? next(name, rest) : joined, line);
        return;
      }
      act(option, line);
      index = end;
    }
  }

  /** The long option that begins so: the one spelt so, or else the only one. */
  private String complete(String beginning) {
    if (byName.containsKey(beginning)) {
      return beginning;
    }
    List<String> names =
        byName.keySet().stream()
            .filter(name -> name.startsWith("--") && name.startsWith(beginning))
            .toList();
    if (names.isEmpty()) {
      throw CommandLineError.usage("no such option: " + beginning);
    } else if (names.size() > 1) {
      throw CommandLineError.usage(
          "ambiguous option: " + beginning + " (" + String.join(", ", names) + "?)");
    }
    return names.get(0);
  }

  private static String next(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw CommandLineError.usage(name + " option requires 1 argument");
    }
    return rest.next();
  }

  private static void act(Option option, CommandLine line) {
    switch (option.action()) {
      case HELP -> line.ask(CommandLine.Request.HELP);
      case VERSION -> line.ask(CommandLine.Request.VERSION);
      default -> line.give(option.dest(), option.action() == Option.Action.SET_TRUE);
    }
  }

  private static void store(Option option, String name, String value, CommandLine line) {
    switch (option.action()) {
      case INTEGER -> line.give(option.dest(), OptionNumbers.integer(name, value));
      case NUMBER -> line.give(option.dest(), OptionNumbers.number(name, value));
      case APPEND -> line.append(option.dest(), value);
      case FILE -> line.give(option.dest(), value.contains("/") ? value : "./" + value);
      case CHOICE -> {
        if (!option.choices().contains(value)) {
          throw CommandLineError.usage(
              "option " + name + ": invalid choice: " + quoted(value) + choices(option));
        }
        line.give(option.dest(), value);
      }
      default -> line.give(option.dest(), value);
    }
  }

  private static String choices(Option option) {
    return " (choose from "
        + String.join(", ", option.choices().stream().map(OptionParser::quoted).toList())
        + ")";
  }

  /** The value as Python shows it. */
  static String quoted(String value) {
    char quote = value.contains("'") && !value.contains("\"") ? '"' : '\'';
    String inner = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    return quote + (quote == '\'' ? inner.replace("'", "\\'") : inner) + quote;
  }
}
