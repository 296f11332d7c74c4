package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of target. */
final class TargetTrials {
  private TargetTrials() {}

  static Map<String, Trial> all() {
    Map<String, Trial> all = new LinkedHashMap<>();
    all.put("target glob", target("web1", "w*[12]"));
    all.put("target pcre", target("db1", "-E", "d.\\d"));
    all.put("target list", target("db1,web1", "-L", "web1,db1"));
    all.put("target grain", target("web1", "-G", "rack:r1"));
    all.put("target grain pcre", target("db1", "--grain-pcre", "rack:r[2-9]"));
    all.put("target pillar", TargetTrials::pillar);
    all.put("target subnet", target("db1,web1", "-S", "127.0.0.0/8"));
    all.put("target nodegroup", target("web1", "-N", "racked"));
    all.put("target compound", TargetTrials::compound);
    return all;
  }

  private static Trial target(String ids, String... words) {
    return console -> reaches(console, ids, words);
  }

  private static void reaches(Console console, String ids, String... words) {
    Map<String, Object> expected =
        Arrays.stream(ids.split(",")).collect(Collectors.toMap(id -> id, id -> true));
    String[] all = Stream.concat(Stream.of(words), Stream.of("test.ping")).toArray(String[]::new);
    assertThat(console.salt(all)).isEqualTo(expected);
  }

  /** Of those named a minion that is unknown is expected, and has not returned. */
  private static void compound(Console console) {
    reaches(console, "db1", "-C", "G@rack:r2 and not E@web.*");
    String target = "G@rack:r2 and not E@web.* or L@other";
    Outcome outcome = console.plain("-t", "2", "-C", target, "test.ping");
    assertThat(outcome.out())
        .as("%s", outcome)
        .contains("db1:\n    True", "other:\n    Minion did not return. [No response]")
        .doesNotContain("web1");
    assertThat(outcome.code()).isEqualTo(1);
    if (!console.isRealSalt(Matrix.OLD)) {
      // With --static that release waits for the unknown one for ever, on its own master too.
      reaches(console, "db1", "-C", target);
    }
  }

  /** Our master has no pillar yet, so that there it reaches nobody. */
  private static void pillar(Console console) {
    if (console.site().corner().master() == Side.THEIRS) {
      for (List<String> target :
          List.of(List.of("-I", "site:rack:web1"), List.of("-J", "site:rack:w.*"))) {
        reaches(console, "web1", target.get(0), target.get(1));
      }
    } else {
      Outcome outcome = console.plain("-I", "site:rack:web1", "test.ping");
      assertThat(outcome.out() + outcome.err())
          .as("%s", outcome)
          .contains("No minions matched the target");
    }
  }
}
