package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Keys, by {@code salt-key} of either side on the keys of either side. */
final class KeyTrials {
  private KeyTrials() {}

  /** The minions wait at first, or were accepted by the command line before. */
  static void acceptRejectDelete(Console console) {
    Site site = console.site();
    succeed(console.run("salt-key", "-y", "-a", "web1"));
    if (in(console, "minions").contains("db1")) {
      succeed(console.run("salt-key", "-y", "-d", "db1"));
      assertThat(in(console, "minions")).containsExactly("web1");
      site.stop("db1");
      site.startMinion("db1");
      site.awaitKey("db1");
    }
    assertThat(in(console, "minions_pre")).containsExactly("db1");
    assertThat(console.run("salt-key", "-l", "un").out())
        .contains("Unaccepted Keys:")
        .contains("db1");
    Outcome finger = console.run("salt-key", "--out=json", "-f", "db1");
    assertThat(finger.out()).matches("(?s).*\"db1\": \"[0-9a-f]{2}(:[0-9a-f]{2}){31}\".*");

    succeed(console.run("salt-key", "-y", "-r", "db1"));
    assertThat(in(console, "minions_rejected")).containsExactly("db1");
    succeed(console.run("salt-key", "-y", "--include-rejected", "-a", "db1"));
    assertThat(in(console, "minions_rejected")).isEmpty();
    assertThat(in(console, "minions")).containsExactlyInAnyOrder("db1", "web1");
    console.awaitAnswers("web1", "db1");
  }

  private static void succeed(Outcome outcome) {
    assertThat(outcome.code()).as("%s", outcome).isZero();
  }

  private static List<String> in(Console console, String state) {
    return ((List<?>) console.keys().get(state)).stream().map(String::valueOf).toList();
  }
}
