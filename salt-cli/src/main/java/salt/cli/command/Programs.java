package salt.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The programs of a distribution, each with what it does. */
final class Programs {
  private final Map<String, Entry<?>> entries = new LinkedHashMap<>();

  private record Entry<R>(Program<R> program, Command<R> command) {
    int run(List<String> words, Terminal terminal) {
      Settings settings = new FileSettings(terminal.surroundings(), terminal.err()::println);
      return new Invocation<>(program, settings, terminal).run(words, command);
    }
  }

  /**
   * Adds a program.
   *
   * @param name its name, asked for here since building its table of options to get it takes time
   */
  <R> Programs with(String name, Program<R> program, Command<R> command) {
    entries.put(name, new Entry<>(program, command));
    return this;
  }

  /** Their names. */
  Set<String> names() {
    return entries.keySet();
  }

  /**
   * Runs one of them.
   *
   * @param name its name
   * @param words its command line
   * @return its exit code
   */
  int run(String name, List<String> words, Terminal terminal) {
    Entry<?> entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no program " + name + " among " + names());
    }
    return entry.run(words, terminal);
  }
}
