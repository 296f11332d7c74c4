package salt.cli.command;

import java.util.List;
import java.util.Map;
import salt.cli.option.CommandLine;
import salt.cli.option.Option;
import salt.cli.option.OptionTable;
import salt.common.config.Options;

/** The command lines of {@code salt-master} and {@code salt-minion}. */
final class DaemonProgram implements Program<DaemonRequest> {
  private final String name;
  private final String description;
  private final Configuration configuration;

  private DaemonProgram(String name, String description, Configuration configuration) {
    this.name = name;
    this.description = description;
    this.configuration = configuration;
  }

  static DaemonProgram master() {
    return new DaemonProgram(
        "salt-master", "The master: tells minions what to do.", Configuration.MASTER_DAEMON);
  }

  static DaemonProgram minion() {
    return new DaemonProgram(
        "salt-minion", "The minion: does what its master says.", Configuration.MINION_DAEMON);
  }

  @Override
  public OptionTable table(Map<String, String> environment) {
    SharedOptions shared = new SharedOptions(environment);
    String file = "/var/log/salt/" + name.substring("salt-".length());
    String pid = "/var/run/" + name + ".pid";
    return new OptionTable(
        name,
        "[options]",
        description,
        List.of(
            shared.general(
                shared.user(name),
                Option.flag("Run in the background.", "-d", "--daemon"),
                Option.text("The file for the process id. Default: " + pid + ".", "--pid-file")
                    .to("pidfile")
                    .initially(pid),
                Option.flag(
                    "Changes nothing: there is no process that would start this one again.",
                    "--disable-keepalive")),
            shared.logging("log_file", file, true)));
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public DaemonRequest request(CommandLine line, Options options, ArgumentReader reader) {
    return new DaemonRequest(options);
  }
}
