package salt.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import salt.cli.option.CommandLine;
import salt.cli.option.CommandLineError;
import salt.cli.option.Option;
import salt.cli.option.OptionTable;
import salt.cli.option.OptionTable.Group;
import salt.common.config.Options;

/** The command lines of {@code salt-key}. */
final class KeyProgram implements Program<KeyRequest> {
  /** What it can do; the first that is asked for is done, and the last if none is. */
  private static final List<String> ACTIONS =
      List.of(
          "gen_keys",
          "gen_signature",
          "list",
          "list_all",
          "print",
          "print_all",
          "accept",
          "accept_all",
          "reject",
          "reject_all",
          "delete",
          "delete_all",
          "finger",
          "finger_all",
          "list_all");

  @Override
  public OptionTable table(Map<String, String> environment) {
    SharedOptions shared = new SharedOptions(environment);
    return new OptionTable(
        "salt-key",
        "[options]",
        "Accepts, rejects, deletes and shows the keys of minions.",
        List.of(
            shared.general(
                shared.user("salt-key"),
                shared.hardCrash(),
                Option.flag("Print nothing.", "-q", "--quiet"),
                Option.flag("Ask nothing: the answer is yes.", "-y", "--yes"),
                Option.text(
                        "Whether deleting or rejecting a key makes the master change its AES key."
                            + " Default: True.",
                        "--rotate-aes-key")
                    .initially(true),
                Option.text(
                        "Whether what the master remembers of a minion is kept when its key is"
                            + " deleted. Default: False.",
                        "--preserve-minions")
                    .initially(false)),
            shared.authentication(false),
            shared.output(),
            new Group("Actions", actions()),
            new Group("Key Generation Options", generation()),
            shared.logging(logFileOption(), "/var/log/salt/key", false)));
  }

  @Override
  public String logFileOption() {
    return "key_logfile";
  }

  private static List<Option> actions() {
    return List.of(
        Option.text(
                "List keys: pre, un or unaccepted; acc or accepted; rej or rejected; den or denied;"
                    + " all.",
                "-l",
                "--list")
            .initially("")
            .shown("ARG"),
        Option.flag("List all keys.", "-L", "--list-all"),
        match("Accept the pending keys that match.", "-a", "--accept"),
        Option.flag("Accept every key that is waiting.", "-A", "--accept-all"),
        match("Reject the pending keys that match.", "-r", "--reject"),
        Option.flag("Reject every key that is waiting.", "-R", "--reject-all"),
        Option.flag("Accept or reject keys in other states too.", "--include-all"),
        Option.flag("Reject accepted keys too.", "--include-accepted"),
        Option.flag("Accept rejected keys too.", "--include-rejected"),
        Option.flag("Accept or reject denied keys too.", "--include-denied"),
        match("Print the keys that match.", "-p", "--print"),
        Option.flag("Print all keys.", "-P", "--print-all"),
        match("Delete the keys that match.", "-d", "--delete"),
        Option.flag("Delete every key, whatever its state.", "-D", "--delete-all"),
        match("Print the fingerprints of the keys that match.", "-f", "--finger"),
        Option.flag("Print all fingerprints.", "-F", "--finger-all"));
  }

  private static Option match(String help, String... names) {
    return Option.text(help, names).initially("");
  }

  private static List<Option> generation() {
    return List.of(
        match("Make a pair of keys with this name.", "--gen-keys"),
        Option.text("Where the new keys go. Default: the working directory.", "--gen-keys-dir")
            .initially("."),
        Option.integer(
            2048L, "The size of new keys in bits, at least 2048. Default: 2048.", "--keysize"),
        Option.flag(
            "Sign the master's public key, for minions that check that signature.",
            "--gen-signature"),
        match("The private key to sign with.", "--priv"),
        match("The directory that the signature goes to.", "--signature-path"),
        match("The public key to sign.", "--pub"),
        Option.flag("Make the pair of keys to sign with, if there is none.", "--auto-create"));
  }

  @Override
  public Configuration configuration() {
    return Configuration.CLIENT;
  }

  /** New keys can be made without a configuration: then their own directory stands for it. */
  @Override
  public Path configurationDirectory(CommandLine line, Terminal terminal) {
    Path directory = terminal.resolve(line.text("config_dir"));
    if (line.text("gen_keys").isEmpty() || Files.isReadable(directory)) {
      return directory;
    }
    Path keys = terminal.resolve(line.text("gen_keys_dir"));
    try {
      return Files.createDirectories(keys);
    } catch (IOException e) {
      throw CommandLineError.usage("cannot make the directory " + keys + ": " + e);
    }
  }

  @Override
  public void check(CommandLine line) {
    Checks.kindOfKeys(line);
    Checks.keySize(line);
    Checks.stateVerbose(line);
    Checks.truth(line, "rotate_aes_key");
    Checks.truth(line, "preserve_minions");
  }

  @Override
  public KeyRequest request(CommandLine line, Options options, ArgumentReader reader) {
    if (line.flag("delete_all") && !line.arguments().isEmpty()) {
      throw CommandLineError.refused(
          "Delete all takes no arguments. Use -d to delete specified keys");
    }
    String asked =
        ACTIONS.stream()
            .filter(action -> line.flag(action) || !line.text(action).matches("|false"))
            .findFirst()
            .orElse("list_all");
    if (asked.equals("list_all")) {
      return new KeyRequest("list", "all", true, options);
    } else if (asked.endsWith("_all")) {
      return new KeyRequest(asked.substring(0, asked.length() - 4), "*", true, options);
    }
    String match = asked.equals("gen_signature") ? "" : line.text(asked);
    return new KeyRequest(asked, match, false, options);
  }
}
