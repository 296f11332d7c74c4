package salt.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.cli.option.Option;
import salt.cli.option.OptionTable;
import salt.common.config.Options;

/** The command lines of {@code salt}. */
final class SaltProgram implements Program<SaltRequest> {
  @Override
  public OptionTable table(Map<String, String> environment) {
    SharedOptions shared = new SharedOptions(environment);
    List<Option> own = new ArrayList<>(shared.executors());
    own.add(shared.timeout(5));
    own.add(shared.argumentsFromInput());
    own.add(shared.hardCrash());
    own.add(shared.noParse());
    own.addAll(publishing());
    own.addAll(batch());
    own.addAll(results());
    return new OptionTable(
        "salt",
        "[options] '<target>' <function> [arguments]",
        "Runs a function on the minions that match a target, and prints what they return.",
        List.of(
            shared.general(own.toArray(new Option[0])),
            shared.target(
                Option.flag(
                    "The target combines others: 'G@os:RedHat and web*'.", "-C", "--compound"),
                Option.flag("The target is a pillar key and a glob: 'role:web*'.", "-I", "--pillar")
                    .to("pillar_target"),
                Option.flag(
                    "The target is a pillar key and a regular expression.", "-J", "--pillar-pcre"),
                Option.flag("The target is a network or an address.", "-S", "--ipcidr")),
            shared.delimiter(),
            shared.authentication(true),
            shared.output(),
            shared.logging("log_file", "/var/log/salt/master", true)));
  }

  private static List<Option> publishing() {
    return List.of(
        Option.flag("Print all returns together, when all are there.", "-s", "--static"),
        Option.flag("Show how many have returned.", "-p", "--progress"),
        Option.flag("With batches: stop at the first failure.", "--failhard").unavailable(),
        Option.flag("Start the job, print its id and do not wait.", "--async"),
        Option.integer(
            0L,
            "Run on that many of the minions, chosen at random, that know the function.",
            "--subset"),
        Option.flag("Print the job id and what is asked of the minions.", "-v", "--verbose"),
        Option.unflag("Do not name minions that did not return.", "--hide-timeout")
            .to("show_timeout"),
        Option.flag("Print the job id.", "--show-jid"));
  }

  private static List<Option> batch() {
    return List.of(
        Option.text(
                "Run on that many minions at a time: a number or a percentage.",
                "-b",
                "--batch",
                "--batch-size")
            .initially(""),
        Option.of(
                Option.Action.NUMBER,
                "With batches: seconds to wait after a return before the next minion.",
                "--batch-wait")
            .initially(0L),
        Option.integer(0L, "Use batches from that many minions on.", "--batch-safe-limit")
            .unavailable(),
        Option.text("The size of such batches. Default: 8.", "--batch-safe-size")
            .initially(8L)
            .unavailable());
  }

  private static List<Option> results() {
    return List.of(
        Option.text("Also send the returns to this returner.", "--return")
            .initially("")
            .shown("RETURNER")
            .unavailable(),
        Option.text("The configuration of that returner.", "--return_config")
            .initially("")
            .shown("RETURNER_CONF")
            .unavailable(),
        Option.text("Arguments for that returner.", "--return_kwargs")
            .initially(Map.of())
            .shown("RETURNER_KWARGS")
            .unavailable(),
        Option.flag(
            "Print what is written about a module or function.", "-d", "--doc", "--documentation"),
        Option.text(
                "What separates the arguments of several functions. Default: ','.",
                "--args-separator")
            .initially(","),
        Option.flag("Print a summary at the end.", "--summary").to("cli_summary"),
        Option.text("Data to keep with the job, to find it by.", "--metadata").initially(""),
        Option.flag("Print only states that changed something.", "--output-diff")
            .to("state_output_diff"),
        Option.flag("Print the options of the master and stop.", "--config-dump"),
        Option.flag("Print which minions should match, and run nothing.", "--preview-target")
            .unavailable());
  }

  @Override
  public Configuration configuration() {
    return Configuration.CLIENT;
  }

  @Override
  public boolean runsAsConfiguredUser() {
    return false;
  }

  @Override
  public void check(CommandLine line) {
    Checks.stateVerbose(line);
    Checks.noParse(line);
    Targets.check(line);
  }

  @Override
  public SaltRequest request(CommandLine line, Options options, ArgumentReader reader) {
    List<String> words = words(line);
    boolean helpFirst =
        line.arguments().size() <= 1 && !line.flag("doc") && !line.flag("preview_target");
    if (words.isEmpty()) {
      throw CommandLineError.incomplete(
          "\nCannot execute command without defining a target.\n\n", helpFirst);
    } else if (words.size() == 1) {
      throw CommandLineError.incomplete("\nIncomplete options passed.\n\n", helpFirst);
    }
    String type = Targets.type(line);
    String given = words.get(0);
    Object target = type.equals("list") ? Targets.items(given, true) : given;
    List<String> arguments = words.subList(2, words.size());
    if (!words.get(1).contains(",")) {
      return new SaltRequest(
          target, type, words.get(1), reader.read(arguments, Checks.verbatim(line)), options);
    }
    List<Object> functions = List.of((Object[]) words.get(1).split(",", -1));
    List<Object> read = new ArrayList<>();
    CompoundArguments.split(arguments, functions.size(), line.text("args_separator"))
        .forEach(part -> read.add(reader.read(part, Checks.verbatim(line))));
    return new SaltRequest(target, type, functions, read, options);
  }

  /** The arguments, made complete for documentation and previews. */
  private static List<String> words(CommandLine line) {
    List<String> words = new ArrayList<>(line.arguments());
    if (line.flag("preview_target")) {
      words.add("not_a_valid_command");
    }
    if (line.flag("doc")) {
      if (words.isEmpty()) {
        words.add("*");
      }
      if (words.size() < 2 || !words.get(1).equals("sys.doc")) {
        words.add(1, "sys.doc");
      }
      if (words.size() > 3) {
        throw CommandLineError.usage("You can only get documentation for one method at one time.");
      }
    }
    return words;
  }
}
