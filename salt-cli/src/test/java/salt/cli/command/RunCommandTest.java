package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Surroundings;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RunCommandTest {
  @TempDir private Path directory;

  private record Outcome(int exit, String out, String err) {}

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        directory.resolve("master"),
        "root_dir: " + directory + "\nuser: " + System.getProperty("user.name") + "\nid: mars\n");
  }

  private Outcome run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings here = Surroundings.ofThisProcess("salt-run");
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            new Surroundings(
                "salt-run",
                Map.of("SALT_CONFIG_DIR", directory.toString()),
                here.user(),
                directory,
                directory,
                here.hostNames()));
    Settings settings = new FileSettings(terminal.surroundings(), terminal.err());
    int exit =
        new Invocation<>(new RunProgram(), settings, terminal)
            .run(List.of(words), new RunCommand(Clock.systemUTC()));
    return new Outcome(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void what_a_runner_returns_is_shown() {
    assertThat(run("test.arg", "1", "a=b"))
        .isEqualTo(
            new Outcome(0, "args:\n    - 1\nkwargs:\n    ----------\n    a:\n        b\n", ""));
    assertThat(run("test.arg", "x", "--out=raw").out())
        .isEqualTo("{'args': ('x',), 'kwargs': {}}\n");
    assertThat(run("test.metasyntactic", "xx").out()).isEqualTo("None\n");
  }

  @Test
  void what_a_runner_prints_comes_first() {
    assertThat(run("test.stdout_print").out()).isEqualTo("foo\nbar\n");
    assertThat(run("test.stdout_print", "--quiet").out()).isEqualTo("foo\n");
  }

  @Test
  void a_function_that_is_not_there_is_no_failure() {
    assertThat(run("no.such")).isEqualTo(new Outcome(0, "'no.such' is not available.\n", ""));
    Outcome near = run("event.sen");
    assertThat(near.out()).startsWith("event.send:\n    \n        Fires an event.");
    assertThat(near.exit()).isZero();
  }

  @Test
  void a_runner_that_fails_ends_with_1() {
    Outcome outcome = run("jobs.list_jobs", "ext_source=mysql");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).startsWith("Exception occurred in runner jobs.list_jobs: ");
  }

  @Test
  void minions_cannot_be_reached_without_a_master() {
    Outcome outcome = run("manage.versions");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .isEqualTo("The salt master could not be contacted. Is master running?\n");
  }

  @Test
  void docs_are_printed() {
    assertThat(run("-d", "event").out())
        .startsWith("event.send:\n\n    Fires an event.")
        .endsWith("\n    \n");
    assertThat(run("-d", "nope")).isEqualTo(new Outcome(0, "", ""));
  }

  @Test
  void runs_are_kept_among_the_jobs() {
    run("test.arg", "kept", "--jid", "20261124010000000000");
    assertThat(run("jobs.lookup_jid", "20261124010000000000", "--out=json").out())
        .contains("\"mars\": {")
        .contains("\"fun\": \"runner.test.arg\"");
    Outcome progress =
        run("jobs.list_job", "20261124010000000000", "display_progress=True", "--out=txt");
    assertThat(progress.out()).contains("suffix: progress");
  }
}
