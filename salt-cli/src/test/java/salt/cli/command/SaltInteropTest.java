package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.config.Surroundings;

/** Drives a real master and a real minion, and compares with real Salt's own command line. */
@Tag("interop")
@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SaltInteropTest {
  private static final long LIMIT_NANOS = 120_000_000_000L;

  @TempDir private static Path directory;
  private static RealMaster real;

  @BeforeAll
  static void open() throws IOException {
    real = new RealMaster(directory, "web1");
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!ours("salt", "-t", "2", "web1", "test.ping").contains("True")) {
      assertThat(System.nanoTime()).as("the minion has to come up").isLessThan(deadline);
    }
  }

  @AfterAll
  static void close() {
    real.close();
  }

  private static String ours(String program, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            Surroundings.ofThisProcess(program));
    List<String> all = new ArrayList<>(List.of("-c", directory.toString()));
    all.addAll(List.of(words));
    int exit = Main.programs().run(program, all, terminal);
    return out.toString(StandardCharsets.UTF_8) + "exit " + exit;
  }

  private static String withoutJids(String text) {
    return text.replaceAll("[0-9]{20}", "JID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* test.ping",
        "-v * test.ping",
        "--show-jid * test.ping",
        "--async * test.ping",
        "* test.retcode 5",
        "* nofun.x",
        "--out=json * test.arg 1 a=b",
        "-s * test.arg 1 a=b",
        "-L web1,nosuch test.ping",
        "-L web1,nosuch test.ping --hide-timeout",
        "--summary -v -L web1,nosuch test.ping",
        "-b 1 * test.ping",
        "-b 50% * test.retcode 5",
        "-b 1 --out=json * test.ping",
        "-b x * nobody.here",
        "-b 1 nomatch test.ping",
        "-s nomatch test.ping",
        "nomatch test.ping",
        "--out=json nomatch test.ping",
        "--async nomatch test.ping",
        "--subset=1 * test.ping",
        "* test.ping,test.echo , hi",
        "-d * test.ping",
        "-d * nosuchmodule",
        "-N nog test.ping",
        "-C web*_and_not_db* test.ping",
        "--metadata {x:1} * test.ping",
        "-t 1 * test.sleep 3",
      })
  void our_command_line_prints_what_real_salt_prints(String line)
      throws IOException, InterruptedException {
    String[] words = line.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("_and_", " and ").replace("not_", "not ");
    }
    String ours = withoutJids(ours("salt", words));
    String theirs = withoutJids(real.run("salt", words));
    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void files_arrive(@TempDir Path files) throws IOException {
    Path source = Files.write(files.resolve("source"), new byte[200_000]);
    Path destination = files.resolve("destination");
    assertThat(ours("salt-cp", "-C", "*", source.toString(), destination.toString()))
        .isEqualTo("web1:\n    ----------\n    " + destination + ":\n        True\nexit 0");
    assertThat(destination).hasSameBinaryContentAs(source);
  }

  @Test
  void texts_arrive(@TempDir Path files) throws IOException {
    Path source = Files.writeString(files.resolve("source"), "text\n");
    Path destination = files.resolve("destination");
    assertThat(ours("salt-cp", "*", source.toString(), destination.toString()))
        .isEqualTo("web1:\n    ----------\n    " + destination + ":\n        True\nexit 0");
    assertThat(destination).hasContent("text");
  }
}
