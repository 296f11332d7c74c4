package salt.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.cli.option.Option;
import salt.cli.option.OptionTable;
import salt.common.config.Options;

/** The command lines of {@code salt-call}. */
final class CallProgram implements Program<FunctionRequest> {
  @Override
  public OptionTable table(Map<String, String> environment) {
    SharedOptions shared = new SharedOptions(environment);
    List<Option> own = new ArrayList<>();
    own.add(Option.text("Act as this proxy minion.", "--proxyid").unavailable());
    own.addAll(shared.executors());
    own.add(Option.text("The cache directory.", "--cachedir").initially("/var/cache/salt/"));
    own.add(shared.argumentsFromInput());
    own.add(shared.hardCrash());
    own.add(shared.noParse());
    own.addAll(calling());
    own.addAll(results());
    return new OptionTable(
        "salt-call",
        "[options] <function> [arguments]",
        "Runs a function on this minion and prints what it returns.",
        List.of(
            shared.general(own.toArray(new Option[0])),
            shared.output(),
            shared.profiling(),
            shared.logging("log_file", "/var/log/salt/minion", true)));
  }

  private static List<Option> calling() {
    return List.of(
        Option.flag("Print the grains.", "-g", "--grains").to("grains_run"),
        Option.of(
                Option.Action.APPEND,
                "A directory with more modules; may be given more than once.",
                "-m",
                "--module-dirs")
            .initially(List.of())
            .unavailable(),
        Option.flag(
            "Print what is written about a module or function.", "-d", "--doc", "--documentation"),
        Option.text("The master to use instead of the configured one.", "--master").initially(""),
        Option.text("Also send the return to this returner.", "--return")
            .initially("")
            .shown("RETURNER")
            .unavailable(),
        Option.flag("Do without a master.", "--local"),
        Option.text("The directory of the base environment's files.", "--file-root"),
        Option.text("The directory of the base environment's pillar.", "--pillar-root"),
        Option.text("A directory with more states.", "--states-dir").unavailable(),
        Option.flag("Exit with the function's own exit code.", "--retcode-passthrough"));
  }

  private static List<Option> results() {
    return List.of(
        Option.flag(
                "Print the return with all that is known of it, such as its exit code.",
                "--metadata")
            .to("print_metadata"),
        Option.text("Data to keep with the job, to find it by.", "--set-metadata").to("metadata"),
        Option.text("The minion id to use instead of the configured one.", "--id").initially(""),
        Option.flag("Do not collect grains.", "--skip-grains"),
        Option.flag("Collect grains again, whatever is cached.", "--refresh-grains-cache"),
        Option.flag("Do not send the return to the master.", "--no-return-event"),
        Option.integer(
                60L, "Wait that many seconds for the master. Default: 60.", "-t", "--timeout")
            .to("auth_timeout")
            .shown("TIMEOUT"),
        Option.flag("Print only states that changed something.", "--output-diff")
            .to("state_output_diff"),
        Option.text("Run as this user.", "--priv").to("user"));
  }

  @Override
  public Configuration configuration() {
    return Configuration.CALLER;
  }

  @Override
  public void check(CommandLine line) {
    Checks.stateVerbose(line);
    Checks.noParse(line);
  }

  @Override
  public FunctionRequest request(CommandLine line, Options options, ArgumentReader reader) {
    List<String> words = line.arguments();
    if (words.isEmpty()) {
      if (!line.flag("grains_run") && !line.flag("doc")) {
        throw CommandLineError.usageWithHelp("Requires function, --grains or --doc");
      }
      return new FunctionRequest("", List.of(), options);
    } else if (line.flag("grains_run")) {
      throw CommandLineError.usage("-g/--grains does not accept any arguments");
    } else if (line.flag("doc") && words.size() > 1) {
      throw CommandLineError.usage("You can only get documentation for one method at one time");
    }
    List<Object> arg = reader.read(words.subList(1, words.size()), Checks.verbatim(line));
    return new FunctionRequest(words.get(0), arg, options);
  }
}
