package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.testing.Eventually;

/** What minions say to the master by themselves. */
final class MinionTrials {
  private MinionTrials() {}

  static Map<String, Trial> all() {
    Map<String, Trial> all = new LinkedHashMap<>();
    all.put("mine", MinionTrials::mine);
    all.put("peer publish", MinionTrials::peer);
    all.put("event send and listen", MinionTrials::events);
    all.put("event send by salt-run", MinionTrials::ownEvents);
    return all;
  }

  private static void mine(Console console) {
    String name = "kept_" + console.cli();
    assertThat(console.salt("web1", "mine.send", name, "mine_function=test.echo", "salt"))
        .isEqualTo(Map.of("web1", true));
    assertThat(console.salt("db1", "mine.get", "web*", name))
        .isEqualTo(Map.of("db1", Map.of("web1", "salt")));
    assertThat(console.salt("web1", "mine.delete", name)).isEqualTo(Map.of("web1", true));
    assertThat(console.salt("db1", "mine.get", "*", name)).isEqualTo(Map.of("db1", Map.of()));
  }

  private static void peer(Console console) {
    assertThat(console.salt("web1", "publish.publish", "db1", "test.echo", "salt"))
        .isEqualTo(Map.of("web1", Map.of("db1", "salt")));
    assertThat(console.salt("web1", "publish.publish", "db1", "cmd.run", "id"))
        .isEqualTo(Map.of("web1", Map.of()));
  }

  private static void events(Console console) {
    String tag = "site/" + console.cli() + "/done";
    String line =
        heard(
            console,
            tag,
            () -> {
              Map<?, ?> sent = console.salt("web1", "event.send", tag, "{weight: 3}", "what=塩");
              assertThat(sent).isEqualTo(Map.of("web1", true));
            });
    assertThat(line).startsWith(tag + "\t{").contains("\"id\": \"web1\"");
    assertThat(line).contains("\"weight\": 3").containsAnyOf("\"what\": \"塩\"", "\\u5869");
  }

  /** The command line itself fires on the bus of the master. */
  private static void ownEvents(Console console) {
    String tag = "site/" + console.cli() + "/told";
    String line =
        heard(
            console,
            tag,
            () -> {
              Outcome sent = console.run("salt-run", "event.send", tag, "{weight: 3, what: 塩}");
              assertThat(sent.out()).as("%s", sent).contains("True");
              assertThat(sent.code()).isZero();
            });
    assertThat(line).startsWith(tag + "\t{").contains("\"weight\": 3", "\"_stamp\": \"");
    assertThat(line).containsAnyOf("\"what\": \"塩\"", "\\u5869");
  }

  /** Sends until a listener has it, nobody says when it has begun to listen; what it prints. */
  private static String heard(Console console, String tag, Runnable send) {
    try (RunningProgram listener = console.start("salt-run", "state.event", tag, "count=1")) {
      Eventually.within(
          Duration.ofSeconds(40),
          () -> "the event at the listener\n" + listener.err(),
          () -> {
            send.run();
            return !listener.alive();
          });
      Outcome heard = listener.await(Duration.ofSeconds(1));
      return heard
          .out()
          .lines()
          .filter(text -> text.startsWith(tag))
          .findFirst()
          .orElseThrow(() -> new AssertionError(heard.toString()));
    }
  }
}
