package salt.cli.command;

import java.util.List;
import java.util.Map;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.cli.option.Option;
import salt.cli.option.OptionTable;
import salt.cli.option.OptionTable.Group;
import salt.common.config.Options;

/** The command lines of {@code salt-run}. */
final class RunProgram implements Program<FunctionRequest> {
  @Override
  public OptionTable table(Map<String, String> environment) {
    SharedOptions shared = new SharedOptions(environment);
    return new OptionTable(
        "salt-run",
        "[options] <function> [arguments]",
        "Runs a runner, a function on the master, and prints what it returns.",
        List.of(
            shared.general(
                shared.timeout(1),
                shared.argumentsFromInput(),
                Option.text("Use this job id.", "--jid"),
                shared.hardCrash(),
                shared.noParse(),
                Option.flag(
                    "Print what is written about a runner or function.",
                    "-d",
                    "--doc",
                    "--documentation"),
                Option.flag("Start the runner and do not wait.", "--async"),
                Option.flag("Do not collect grains.", "--skip-grains")),
            shared.authentication(true),
            shared.output(),
            shared.profiling(),
            new Group("Runner Output", List.of(Option.flag("Do not print the result.", "--quiet"))),
            shared.logging("log_file", "/var/log/salt/master", true)));
  }

  @Override
  public Configuration configuration() {
    return Configuration.CLIENT;
  }

  @Override
  public void check(CommandLine line) {
    Checks.stateVerbose(line);
    Checks.noParse(line);
    Checks.jobId(line);
  }

  @Override
  public FunctionRequest request(CommandLine line, Options options, ArgumentReader reader) {
    List<String> words = line.arguments();
    if (line.flag("doc") && words.size() > 1) {
      throw CommandLineError.usage("You can only get documentation for one method at one time");
    } else if (words.isEmpty()) {
      return new FunctionRequest("", List.of(), options);
    }
    List<Object> arg = reader.read(words.subList(1, words.size()), Checks.verbatim(line));
    return new FunctionRequest(words.get(0), arg, options);
  }
}
