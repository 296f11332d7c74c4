package salt.cli.option;

/** A command line that cannot be obeyed: what to print, and the exit code. */
public final class CommandLineError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The exit code of wrong usage, {@code EX_USAGE}. */
  public static final int USAGE = 64;

  /** The exit code of a command without target or function. */
  public static final int INCOMPLETE = 42;

  /** The exit code when the program cannot become the user it should run as, EX_NOUSER. */
  public static final int NO_USER = 67;

  private final int exitCode;
  private final boolean helpFirst;

  private CommandLineError(String message, int exitCode, boolean helpFirst) {
    super(message);
    this.exitCode = exitCode;
    this.helpFirst = helpFirst;
  }

  /** Wrong usage: shown as {@code <program>: error: <message>} behind the usage line. */
  public static CommandLineError usage(String message) {
    return new CommandLineError(message, USAGE, false);
  }

  /** Wrong usage of someone who may not know better: the whole help is shown first. */
  public static CommandLineError usageWithHelp(String message) {
    return new CommandLineError(message, USAGE, true);
  }

  /** A command that lacks something, with a bare message. */
  public static CommandLineError incomplete(String message, boolean helpFirst) {
    return new CommandLineError(message, INCOMPLETE, helpFirst);
  }

  /** A program that runs as the wrong user, with a bare message. */
  public static CommandLineError noUser(String message) {
    return new CommandLineError(message + "\n", NO_USER, false);
  }

  /** A command that Salt refuses too late to fail: it says why and exits as if all were well. */
  public static CommandLineError refused(String message) {
    return new CommandLineError("Error: " + message + "\n", 0, false);
  }

  /** The exit code. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether the help goes to standard output first. */
  public boolean helpFirst() {
    return helpFirst;
  }
}
