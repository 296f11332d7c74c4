package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

  /** Sends until the listener has it: nobody says when it has begun to listen. */
  private static void events(Console console) {
    String tag = "site/" + console.cli() + "/done";
    try (RunningProgram listener = console.start("salt-run", "state.event", tag, "count=1")) {
      Eventually.within(
          Duration.ofSeconds(40),
          () -> "the event at the listener\n" + listener.err(),
          () -> {
            Map<?, ?> sent = console.salt("web1", "event.send", tag, "{weight: 3}", "what=塩");
            assertThat(sent).isEqualTo(Map.of("web1", true));
            return !listener.alive();
          });
      Outcome heard = listener.await(Duration.ofSeconds(1));
      String line =
          heard.out().lines().filter(text -> text.startsWith(tag)).findFirst().orElse(heard.out());
      assertThat(line.getBytes(StandardCharsets.UTF_8)).isNotEmpty();
      assertThat(line).as("%s", heard).startsWith(tag + "\t{").contains("\"id\": \"web1\"");
      assertThat(line).contains("\"weight\": 3").containsAnyOf("\"what\": \"塩\"", "\\u5869");
    }
  }
}
