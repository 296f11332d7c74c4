package salt.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.cli.option.Option;
import salt.cli.option.OptionTable.Group;

/** Options that several programs have. */
final class SharedOptions {
  static final String GENERAL = "Options";
  static final String TARGET = "Target Options";

  private static final List<String> CONSOLE_LEVELS =
      List.of(
          "all",
          "debug",
          "error",
          "critical",
          "garbage",
          "info",
          "profile",
          "quiet",
          "trace",
          "warning");
  private static final List<String> FILE_LEVELS =
      List.of(
          "all",
          "garbage",
          "trace",
          "debug",
          "profile",
          "info",
          "warning",
          "error",
          "critical",
          "quiet");
  private static final String LEVELS =
      String.join(", ", FILE_LEVELS)
          + ". Below info, secrets may end up in the log. Default: warning.";

  private final Map<String, String> environment;

  SharedOptions(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The general group: what every program has, then these. */
  Group general(Option... own) {
    List<Option> options = new ArrayList<>();
    options.add(Option.of(Option.Action.VERSION, "Show the version and stop.", "--version"));
    options.add(
        Option.flag(
            "Show the versions of everything involved and stop.", "-V", "--versions-report"));
    options.add(Option.of(Option.Action.HELP, "Show this help and stop.", "-h", "--help"));
    options.add(
        Option.text(
            "Take options from this Saltfile; otherwise from one in the working directory or in"
                + " ~/.salt.",
            "--saltfile"));
    String directory = environment.getOrDefault("SALT_CONFIG_DIR", "");
    options.add(
        Option.text(
                "The directory of the configuration. Default: SALT_CONFIG_DIR or /etc/salt.",
                "-c",
                "--config-dir")
            .initially(directory.isEmpty() ? "/etc/salt" : directory));
    options.addAll(List.of(own));
    return new Group(GENERAL, List.copyOf(options));
  }

  Option timeout(long seconds) {
    return Option.integer(
        seconds,
        "Wait that many seconds for answers. Default: " + seconds + ".",
        "-t",
        "--timeout");
  }

  Option argumentsFromInput() {
    return Option.flag(
        "Read more options and arguments from standard input, one a line.", "--args-stdin");
  }

  Option hardCrash() {
    return Option.flag("Show where an unexpected error came from.", "--hard-crash")
        .initially(!environment.getOrDefault("SALT_HARD_CRASH", "").isEmpty());
  }

  Option noParse() {
    return Option.text(
            "Names of keyword arguments, with commas, whose values are passed as typed.",
            "--no-parse")
        .shown("argname1,argname2,...")
        .initially(environment.getOrDefault("SALT_NO_PARSE", ""));
  }

  List<Option> executors() {
    return List.of(
        Option.text("Executors to use instead of the minion's own.", "--module-executors")
            .shown("EXECUTOR_LIST")
            .unavailable(),
        Option.text("Options for the executors.", "--executor-opts")
            .shown("EXECUTOR_OPTS")
            .unavailable());
  }

  Option user(String program) {
    return Option.text("Run " + program + " as this user.", "-u", "--user");
  }

  /** Ways to say what the target means. */
  Group target(Option... more) {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.flag("List the hosts of the rosters.", "-H", "--hosts")
            .to("list_hosts")
            .unavailable());
    options.add(Option.flag("The target is a regular expression.", "-E", "--pcre"));
    options.add(
        Option.flag("The target is a list of minion ids, with commas or blanks.", "-L", "--list"));
    options.add(
        Option.flag(
            "The target is a grain and a glob for its value: 'os:Arch*'.", "-G", "--grain"));
    options.add(
        Option.flag(
            "The target is a grain and a regular expression: 'os:Arch.*'.", "-P", "--grain-pcre"));
    options.add(
        Option.flag(
            "The target is the name of a node group of the configuration.", "-N", "--nodegroup"));
    options.add(
        Option.flag("The target is a range expression: '%cluster'.", "-R", "--range")
            .unavailable());
    options.addAll(List.of(more));
    return new Group(TARGET, List.copyOf(options));
  }

  Group delimiter() {
    return new Group(
        "Additional Target Options",
        List.of(
            Option.text(
                    "What separates levels in a grain or pillar target. Default: ':'.",
                    "--delimiter")
                .initially(":")));
  }

  /** External authentication; {@code salt-key} has no short name for the first of them. */
  Group authentication(boolean shortName) {
    String help = "Authenticate by this system of the master.";
    Option eauth =
        shortName
            ? Option.text(help, "-a", "--auth", "--eauth", "--external-auth")
            : Option.text(help, "--auth", "--eauth", "--external-auth");
    return new Group(
        "External Authentication",
        List.of(
            eauth.to("eauth").initially("").unavailable(),
            Option.flag("Keep a token for the next commands.", "-T", "--make-token")
                .to("mktoken")
                .unavailable(),
            Option.text("The user to authenticate.", "--username").unavailable(),
            Option.text("The password of that user.", "--password").unavailable()));
  }

  Group output() {
    return new Group(
        "Output Options",
        List.of(
            Option.text("Print by this outputter, such as json, yaml or txt.", "--out", "--output")
                .to("output"),
            Option.integer(
                    null,
                    "Indent by that many blanks, where the outputter can; below 0, not at all.",
                    "--out-indent",
                    "--output-indent")
                .to("output_indent"),
            Option.text("Print to this file.", "--out-file", "--output-file").to("output_file"),
            Option.flag(
                    "Add to that file instead of replacing what it has.",
                    "--out-file-append",
                    "--output-file-append")
                .to("output_file_append"),
            Option.flag("Print without colours.", "--no-color", "--no-colour"),
            Option.flag(
                "Print in colours, even when not to a terminal.",
                "--force-color",
                "--force-colour"),
            Option.text(
                "How states are printed: full, terse, mixed, changes or filter.",
                "--state-output",
                "--state_output"),
            Option.text(
                "Whether states that changed nothing are printed: True or False.",
                "--state-verbose",
                "--state_verbose")));
  }

  Group profiling() {
    return new Group(
        "Profiling support",
        List.of(
            Option.text("Where profiles go.", "--profiling-path")
                .initially("/tmp/stats")
                .unavailable(),
            Option.flag("Write a profile.", "--enable-profiling")
                .to("profiling_enabled")
                .unavailable()));
  }

  /**
   * Logging.
   *
   * @param fileOption the name in the configuration of the log file's path
   * @param file its default
   * @param shortName whether there is {@code -l}
   */
  Group logging(String fileOption, String file, boolean shortName) {
    String help = "What to log to the terminal: " + LEVELS;
    Option level =
        shortName
            ? Option.of(Option.Action.CHOICE, help, "-l", "--log-level")
            : Option.of(Option.Action.CHOICE, help, "--log-level");
    return new Group(
        "Logging Options",
        List.of(
            level.among(CONSOLE_LEVELS),
            Option.of(Option.Action.FILE, "Log to this file. Default: " + file + ".", "--log-file")
                .to(fileOption)
                .shown("LOG_FILE"),
            Option.of(
                    Option.Action.CHOICE, "What to log to the file: " + LEVELS, "--log-file-level")
                .to("log_level_logfile")
                .among(FILE_LEVELS)));
  }
}
