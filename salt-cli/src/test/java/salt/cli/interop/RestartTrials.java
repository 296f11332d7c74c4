package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** Masters and minions that go and come back. */
final class RestartTrials {
  private RestartTrials() {}

  /** A master that starts again has another AES key; minions find that out by themselves. */
  static void masterRestart(Console console) {
    Site site = console.site();
    site.stop("master");
    site.startMaster(
        site.maxEventSize() == SiteFiles.DEFAULT_EVENT_SIZE
            ? SiteFiles.RAISED_EVENT_SIZE
            : SiteFiles.DEFAULT_EVENT_SIZE);
    console.awaitAnswers("web1", "db1");
  }

  /** While a minion is away the command line says so; then it comes back. */
  static void minionReconnect(Console console) {
    Site site = console.site();
    site.stop("db1");
    Outcome outcome = console.plain("-t", "1", "*", "test.ping");
    assertThat(outcome.out())
        .as("%s", outcome)
        .contains("web1:\n    True")
        .contains("Minion did not return. [N");
    assertThat(outcome.code()).isEqualTo(1);
    site.startMinion("db1");
    console.awaitAnswers("db1");
    assertThat(console.salt("*", "test.ping")).isEqualTo(Map.of("web1", true, "db1", true));
  }
}
