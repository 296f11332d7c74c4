package salt.cli.option;

import java.util.List;

/**
 * One option of a program: its spellings, what it does with a value, where the value goes.
 *
 * @param names the spellings, short ones first
 * @param action what giving it does
 * @param dest the name of the option the value goes to, which is also its name in configuration
 *     files and in a Saltfile
 * @param initial the value when it is not given; null is "nothing"
 * @param metavar how the value is called in the help; empty when it takes none
 * @param choices the values allowed; empty for any
 * @param help what the help says of it
 * @param available whether the feature behind it is built; giving an option that is not is an error
 */
public record Option(
    List<String> names,
    Action action,
    String dest,
    Object initial,
    String metavar,
    List<String> choices,
    String help,
    boolean available) {

  /** What giving an option does. */
  public enum Action {
    /** Sets true. */
    SET_TRUE(false),
    /** Sets false. */
    SET_FALSE(false),
    /** Stores its text. */
    TEXT(true),
    /** Stores a whole number. */
    INTEGER(true),
    /** Stores a number. */
    NUMBER(true),
    /** Stores one of the choices. */
    CHOICE(true),
    /** Adds its text to a list. */
    APPEND(true),
    /** Stores a path; a bare file name is one in the working directory. */
    FILE(true),
    /** Shows the help, at once. */
    HELP(false),
    /** Shows the version, at once. */
    VERSION(false);

    private final boolean takesValue;

    Action(boolean takesValue) {
      this.takesValue = takesValue;
    }

    /** Whether the option takes a value. */
    public boolean takesValue() {
      return takesValue;
    }
  }

  /** An option that is on when given. */
  public static Option flag(String help, String... names) {
    return new Option(names, Action.SET_TRUE, false, help);
  }

  /** An option that is on until given. */
  public static Option unflag(String help, String... names) {
    return new Option(names, Action.SET_FALSE, true, help);
  }

  /** An option with a text; nothing by default. */
  public static Option text(String help, String... names) {
    return new Option(names, Action.TEXT, null, help);
  }

  /** An option with a whole number. */
  public static Option integer(Object initial, String help, String... names) {
    return new Option(names, Action.INTEGER, initial, help);
  }

  /** An option with an action of its own and nothing as its initial value. */
  public static Option of(Action action, String help, String... names) {
    return new Option(names, action, null, help);
  }

  private Option(String[] names, Action action, Object initial, String help) {
    this(
        List.of(names),
        action,
        firstLong(List.of(names)).substring(2).replace('-', '_'),
        initial,
        action.takesValue() ? metavarOf(firstLong(List.of(names)).substring(2)) : "",
        List.of(),
        help,
        true);
  }

  private static String metavarOf(String name) {
    return name.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
  }

  private static String firstLong(List<String> names) {
    for (String name : names) {
      if (name.startsWith("--")) {
        return name;
      }
    }
    throw new IllegalArgumentException("no long name among " + names);
  }

  /** The same option, its value going to another name. */
  public Option to(String name) {
    return new Option(
        names,
        action,
        name,
        initial,
        metavar.isEmpty() ? "" : metavarOf(name),
        choices,
        help,
        available);
  }

  /** The same option with another initial value. */
  public Option initially(Object value) {
    return new Option(names, action, dest, value, metavar, choices, help, available);
  }

  /** The same option, its value called otherwise in the help. */
  public Option shown(String name) {
    return new Option(names, action, dest, initial, name, choices, help, available);
  }

  /** The same option, allowing only these values. */
  public Option among(List<String> values) {
    return new Option(names, action, dest, initial, metavar, values, help, available);
  }

  /** The same option, known by name and form only: the feature behind it is not built. */
  public Option unavailable() {
    return new Option(names, action, dest, initial, metavar, choices, help, false);
  }

  /** The spelling used in messages: the first long one. */
  public String longName() {
    return firstLong(names);
  }
}
