package salt.cli.option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import salt.common.config.Options;

/** A command line as parsed: the options' values and the arguments that are no options. */
public final class CommandLine {
  /** What a command line asks for before anything else. */
  public enum Request {
    /** To do its work. */
    RUN,
    /** To show its help. */
    HELP,
    /** To show its version. */
    VERSION
  }

  private final OptionTable table;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> given = new LinkedHashSet<>();
  private final List<String> arguments = new ArrayList<>();
  private Request request = Request.RUN;

  CommandLine(OptionTable table) {
    this.table = table;
    for (Option option : table.options()) {
      values.put(option.dest(), option.initial());
    }
    values.keySet().removeAll(Set.of("version", "help"));
  }

  /** The options it was parsed by. */
  public OptionTable table() {
    return table;
  }

  /** What it asks for. */
  public Request request() {
    return request;
  }

  /** The arguments that are no options, in order. */
  public List<String> arguments() {
    return Collections.unmodifiableList(arguments);
  }

  /** The value of an option; null for nothing. */
  public Object value(String dest) {
    return values.get(dest);
  }

  /** The value of an option as text; empty for nothing. */
  public String text(String dest) {
    Object value = values.get(dest);
    return value == null ? "" : value.toString();
  }

  /** Whether an option is on. */
  public boolean flag(String dest) {
    return Boolean.TRUE.equals(values.get(dest));
  }

  /** The names of the options that were given, here or in a Saltfile. */
  public Set<String> given() {
    return Collections.unmodifiableSet(given);
  }

  /** Replaces the value of an option by what it means. */
  public void replace(String dest, Object value) {
    values.put(dest, value);
  }

  /** Whether an option has the value it has when not given. */
  public boolean isInitial(String dest) {
    return table.options().stream()
        .anyMatch(
            option ->
                option.dest().equals(dest) && Objects.equals(option.initial(), values.get(dest)));
  }

  /** Gives an option as if on the command line. */
  public void give(String dest, Object value) {
    values.put(dest, value);
    given.add(dest);
  }

  void append(String dest, Object value) {
    List<Object> items = new ArrayList<>();
    if (values.get(dest) instanceof List<?> before) {
      items.addAll(before);
    }
    items.add(value);
    give(dest, items);
  }

  void add(String argument) {
    arguments.add(argument);
  }

  void ask(Request what) {
    request = what;
  }

  /** Adds what another command line gives: its options win, its arguments come behind. */
  public void add(CommandLine other) {
    other.given.forEach(dest -> give(dest, other.values.get(dest)));
    arguments.addAll(other.arguments);
    if (request == Request.RUN) {
      request = other.request;
    }
  }

  /**
   * The options of the configuration with those of this line: what was given here wins, what the
   * configuration does not know is added.
   */
  public Options over(Options configuration) {
    Map<String, Object> merged = new LinkedHashMap<>(configuration.asMap());
    for (Map.Entry<String, Object> option : values.entrySet()) {
      String dest = option.getKey();
      if (option.getValue() != null && (given.contains(dest) || !merged.containsKey(dest))) {
        merged.put(dest, option.getValue());
      }
    }
    return Options.of(merged);
  }

  /**
   * Refuses options whose feature is not built.
   *
   * @throws CommandLineError naming the first of them
   */
  public void refuseUnavailable() {
    for (Option option : table.options()) {
      if (!option.available() && given.contains(option.dest())) {
        throw CommandLineError.usage(
            "option " + String.join("/", option.names()) + " is not supported by this release");
      }
    }
  }
}
