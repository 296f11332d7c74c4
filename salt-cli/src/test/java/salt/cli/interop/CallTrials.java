package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.testing.Eventually;

/** Calls of functions. */
final class CallTrials {
  private static final int TEN_MEGABYTES = 10_000_000;
  private static final int TWO_MEGABYTES = 2_000_000;

  private CallTrials() {}

  static Map<String, Trial> all() {
    Map<String, Trial> all = new LinkedHashMap<>();
    all.put("test.ping", CallTrials::ping);
    all.put("cmd.run with keywords", CallTrials::keywords);
    all.put("unicode", CallTrials::unicode);
    all.put("several functions", CallTrials::severalFunctions);
    all.put("failure", CallTrials::failure);
    all.put("batch", CallTrials::batch);
    all.put("job cache", CallTrials::jobCache);
    return all;
  }

  private static void ping(Console console) {
    Outcome outcome = console.plain("*", "test.ping");
    assertThat(outcome.out().lines().sorted())
        .as("%s", outcome)
        .containsExactly("    True", "    True", "db1:", "web1:");
    assertThat(outcome.code()).isZero();
  }

  private static void keywords(Console console) {
    Map<?, ?> answers =
        console.salt(
            "web1", "cmd.run", "echo $GREETING; pwd", "cwd=/usr", "env={GREETING: 'hi there'}");
    assertThat(answers).isEqualTo(Map.of("web1", "hi there\n/usr"));
    Map<?, ?> kwargs =
        map(
            console
                .salt("web1", "test.kwarg", "list=[1, 2.5, null, true]", "text='007'")
                .get("web1"));
    assertThat(kwargs.get("list")).isEqualTo(Arrays.asList(1L, 2.5, null, true));
    assertThat(kwargs.get("text")).isEqualTo("007");
  }

  private static Map<?, ?> map(Object answer) {
    assertThat(answer).isInstanceOf(Map.class);
    return (Map<?, ?>) answer;
  }

  private static void unicode(Console console) {
    assertThat(console.salt("web1", "test.echo", "Grüße, 你好 \uD83E\uDDC2"))
        .isEqualTo(Map.of("web1", "Grüße, 你好 \uD83E\uDDC2"));
    assertThat(console.plain("--out=txt", "web1", "cmd.run", "echo 'Straße 塩'").out())
        .isEqualTo("web1: Straße 塩\n");
    assertThat(console.salt("-G", "place:city:Köln", "test.ping"))
        .isEqualTo(Map.of("web1", true, "db1", true));
  }

  private static void severalFunctions(Console console) {
    Map<?, ?> answers =
        map(
            console
                .salt("web1", "test.ping,test.echo,test.arg", ",", "salt", ",", "1", "a=2")
                .get("web1"));
    assertThat(answers.size()).isEqualTo(3);
    assertThat(answers.get("test.ping")).isEqualTo(true);
    assertThat(answers.get("test.echo")).isEqualTo("salt");
    given(answers.get("test.arg"), 1L, "a", 2L);
  }

  private static void failure(Console console) {
    Outcome outcome = console.plain("web1", "no.such_function");
    assertThat(outcome.out()).as("%s", outcome).contains("'no.such_function' is not available.");
    assertThat(outcome.code()).isEqualTo(1);
    outcome = console.plain("--out=txt", "web1", "cmd.run", "exit 3");
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(1);
    outcome = console.plain("nobody", "test.ping");
    assertThat(outcome.out() + outcome.err())
        .contains("No minions matched the target. No command was sent, no jid was assigned.");
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(2);
  }

  private static void batch(Console console) {
    Outcome outcome = console.plain("-b", "1", "*", "test.ping");
    assertThat(outcome.out())
        .as("%s", outcome)
        .contains("Executing run on ['web1']", "Executing run on ['db1']")
        .contains("web1:\n    True")
        .contains("db1:\n    True");
    assertThat(outcome.code()).isZero();
  }

  /** What one side's master wrote, the other side's {@code salt-run} reads. */
  private static void jobCache(Console console) {
    Outcome sent = console.plain("--async", "*", "test.arg", "kept", "n=7");
    assertThat(sent.out()).as("%s", sent).matches("(?s).*job ID: \\d{20}\\s*");
    String jid = sent.out().strip().replaceAll("(?s).* ", "");
    Outcome[] last = new Outcome[1];
    Eventually.within(
        Duration.ofSeconds(30),
        () -> "both returns in " + last[0],
        () -> {
          last[0] = console.run("salt-run", "--out=json", "jobs.lookup_jid", jid);
          return last[0].code() == 0 && ((Map<?, ?>) last[0].json()).size() == 2;
        });
    Map<?, ?> found = (Map<?, ?>) last[0].json();
    given(found.get("web1"), "kept", "n", 7L);
    given(found.get("db1"), "kept", "n", 7L);
    Outcome job = console.run("salt-run", "--out=json", "jobs.list_job", jid);
    Map<?, ?> map = (Map<?, ?>) job.json();
    assertThat(map.get("Function")).as("%s", job).isEqualTo("test.arg");
    assertThat(map.get("Target")).isEqualTo("*");
    assertThat(map.get("Minions")).isEqualTo(List.of("db1", "web1"));
  }

  /** What test.arg returns, but for what publishing adds. */
  private static void given(Object answer, Object argument, String name, Object value) {
    assertThat(map(answer).get("args")).isEqualTo(List.of(argument));
    Map<?, ?> kwargs = map(map(answer).get("kwargs"));
    assertThat(kwargs.get(name)).isEqualTo(value);
    for (Object key : kwargs.keySet()) {
      assertThat(key.toString()).matches("__pub_.*|" + name);
    }
  }

  /**
   * Ten megabytes arrive when events may be that large; otherwise the event says it was cut. The
   * command line of 3008.3 reads an event in time that grows with the square of its size, and gives
   * up before ten megabytes are there; it gets two. The pause lets command lines begin to listen:
   * what comes before that they read, whole, from the job cache.
   */
  static void largeReturn(Console console) {
    int size = console.isRealSalt(Matrix.NEWEST) ? TWO_MEGABYTES : TEN_MEGABYTES;
    Object answer =
        console
            .salt("-t", "60", "web1", "cmd.run", "sleep 1; yes salt | head -c " + size)
            .get("web1");
    if (console.site().maxEventSize() > size) {
      assertThat(answer).isInstanceOf(String.class);
      // The last line break is cut from what a command prints.
      assertThat(((String) answer).length()).isEqualTo(size - 1);
    } else {
      assertThat(answer).isEqualTo("VALUE_TRIMMED");
    }
  }
}
