package salt.cli.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import salt.common.testing.Eventually;

/** Where an operator sits: the command line of one side at a site. */
final class Console {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Site site;
  private final Side cli;

  Console(Site site, Side cli) {
    this.site = site;
    this.cli = cli;
  }

  Site site() {
    return site;
  }

  Side cli() {
    return cli;
  }

  /** Whether the command line is that of this release of real Salt. */
  boolean isRealSalt(String release) {
    return cli == Side.THEIRS && site.corner().release().equals(release);
  }

  /** Runs a program to its end. */
  Outcome run(String program, String... arguments) {
    return start(program, arguments).await(LIMIT);
  }

  /** Starts a program. */
  RunningProgram start(String program, String... arguments) {
    return site.command(cli, program, List.of(arguments));
  }

  /** Runs {@code salt} and reads what it prints for all minions. */
  Map<?, ?> salt(String... arguments) {
    Outcome outcome =
        run(
            "salt",
            Stream.concat(Stream.of("--out=json", "--static"), Stream.of(arguments))
                .toArray(String[]::new));
    if (outcome.json() instanceof Map<?, ?> map) {
      return map;
    }
    throw new AssertionError("no map: " + outcome);
  }

  /** Runs {@code salt} with words for a human to read. */
  Outcome plain(String... arguments) {
    return run("salt", arguments);
  }

  /** The minions by the state of their keys, as {@code salt-key} lists them. */
  Map<?, ?> keys() {
    return (Map<?, ?>) run("salt-key", "--out=json", "-L").json();
  }

  /** Pings until the minions answer. */
  void awaitAnswers(String... ids) {
    List<String> all = new ArrayList<>(List.of(ids));
    Object[] last = new Object[1];
    Eventually.within(
        LIMIT,
        () -> "answers of " + all + "\n" + last[0] + site.files().logs(),
        () -> {
          last[0] =
              run(
                  "salt",
                  "--out=json",
                  "--static",
                  "-t",
                  "4",
                  "-L",
                  String.join(",", all),
                  "test.ping");
          return all.stream().allMatch(id -> answers((Outcome) last[0], id));
        });
  }

  private static boolean answers(Outcome outcome, String id) {
    return outcome.out().matches("(?s).*\"" + id + "\": true.*");
  }
}
