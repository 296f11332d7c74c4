package salt.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.cli.option.Option;
import salt.cli.option.OptionTable;
import salt.cli.option.OptionTable.Group;
import salt.common.config.Options;

/** The command lines of {@code salt-cp}. */
final class CopyProgram implements Program<CopyRequest> {
  @Override
  public OptionTable table(Map<String, String> environment) {
    SharedOptions shared = new SharedOptions(environment);
    return new OptionTable(
        "salt-cp",
        "[options] '<target>' SOURCE DEST",
        "Sends small files to the minions that match a target.",
        List.of(
            shared.general(shared.timeout(5), shared.hardCrash()),
            shared.target(),
            shared.delimiter(),
            shared.output(),
            new Group(
                "File Options",
                List.of(
                    Option.flag(
                        "Send in pieces: for large files and directories.", "-C", "--chunked"),
                    Option.unflag("Send uncompressed.", "-n", "--no-compression").to("gzip"))),
            shared.logging("log_file", "/var/log/salt/master", true)));
  }

  @Override
  public Configuration configuration() {
    return Configuration.MASTER;
  }

  @Override
  public boolean runsAsConfiguredUser() {
    return false;
  }

  @Override
  public void check(CommandLine line) {
    Checks.stateVerbose(line);
    Targets.check(line);
  }

  @Override
  public CopyRequest request(CommandLine line, Options options, ArgumentReader reader) {
    List<String> words = line.arguments();
    if (words.size() <= 1) {
      throw CommandLineError.usageWithHelp("Insufficient arguments");
    }
    String type = Targets.type(line);
    Object target = type.equals("list") ? Targets.items(words.get(0), false) : words.get(0);
    List<Path> sources =
        words.subList(1, words.size() - 1).stream().map(CopyProgram::absolute).toList();
    return new CopyRequest(target, type, sources, words.get(words.size() - 1), options);
  }

  private static Path absolute(String path) {
    Path absolute = Path.of(path).toAbsolutePath();
    try {
      return absolute.toRealPath();
    } catch (IOException e) {
      // The command says what is wrong with a file when it reads it.
      return absolute.normalize();
    }
  }
}
