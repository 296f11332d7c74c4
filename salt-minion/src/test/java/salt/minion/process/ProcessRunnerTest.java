package salt.minion.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.payload.Bytes;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProcessRunnerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ProcessRunner processes = new ProcessRunner();
  private final Call call = new Call("cmd.run", Map.of());

  @Test
  void output_and_exit_code_are_returned() throws Exception {
    Finished finished = run("echo out; echo err >&2; exit 3");
    assertThat(finished.stdout()).isEqualTo(Bytes.utf8("out\n"));
    assertThat(finished.stderr()).isEqualTo(Bytes.utf8("err\n"));
    assertThat(finished.exitCode()).isEqualTo(3);
    assertThat(call.processes()).isEmpty();
  }

  @Test
  void what_children_left_behind_write_later_belongs_to_the_output() throws Exception {
    Finished finished = run("(sleep 1; echo late; echo too >&2) & echo now");
    assertThat(finished.stdout()).isEqualTo(Bytes.utf8("now\nlate\n"));
    assertThat(finished.stderr()).isEqualTo(Bytes.utf8("too\n"));
  }

  @Test
  void that_holds_however_fast_the_command_ends() throws Exception {
    for (int i = 0; i < 300; i++) {
      assertThat(run("(sleep 0.01; echo late >&2) &").stderr()).isEqualTo(Bytes.utf8("late\n"));
    }
  }

  @Test
  void much_output_on_both_streams_and_much_input_do_not_block_each_other() throws Exception {
    Bytes input = Bytes.wrap(new byte[3_000_000]);
    Command command = shell("cat; head -c 3000000 /dev/zero >&2");
    Finished finished =
        processes.run(
            new Command(
                command.arguments(),
                command.directory(),
                command.environment(),
                input,
                false,
                null,
                command.identity()),
            call);
    assertThat(finished.stdout().length()).isEqualTo(3_000_000);
    assertThat(finished.stderr().length()).isEqualTo(3_000_000);
  }

  @Test
  void output_beyond_the_bound_is_dropped_and_said_to_be() throws Exception {
    Finished finished =
        new ProcessRunner(10).run(shell("head -c 5000000 /dev/zero | tr '\\0' a"), call);
    assertThat(finished.stdout())
        .isEqualTo(Bytes.utf8("aaaaaaaaaa\n[output cut: only the first 10 bytes were kept]\n"));
    assertThat(finished.exitCode()).isZero();
  }

  @Test
  void a_command_whose_time_is_over_is_killed_with_its_children(@TempDir Path dir)
      throws Exception {
    Path pids = dir.resolve("pids");
    String script = "sleep 300 & echo $! > %s; (sleep 301 & echo $! >> %s) ; wait";
    Instant start = Instant.now();
    Finished finished =
        processes.run(shell(script.formatted(pids, pids)).within(Duration.ofSeconds(1)), call);
    assertThat(finished.timedOut()).isTrue();
    assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
    for (String pid : Files.readAllLines(pids)) {
      await(() -> !isRunning(Long.parseLong(pid)));
    }
    assertThat(isRunning(finished.pid())).isFalse();
  }

  @Test
  void cancelling_the_call_ends_the_command_and_children_that_left_it(@TempDir Path dir)
      throws Exception {
    Path pids = dir.resolve("pids");
    String script = "(sleep 300 & echo $! > %s); sleep 300".formatted(pids);
    CompletableFuture<Finished> job = inThread(shell(script));
    await(() -> Files.exists(pids) && size(pids) > 0);
    call.cancel(true);
    assertThat(job.get(20, TimeUnit.SECONDS).exitCode()).isEqualTo(137);
    await(() -> !isRunning(Long.parseLong(read(pids).strip())));
  }

  @Test
  void interrupting_the_waiting_thread_kills_the_command(@TempDir Path dir) throws Exception {
    Path pid = dir.resolve("pid");
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                processes.run(shell("echo $$ > " + pid + "; sleep 300"), call);
              } catch (LaunchFailure | RuntimeException e) {
                failure.complete(e);
              }
            });
    thread.start();
    await(() -> Files.exists(pid) && size(pid) > 0);
    thread.interrupt();
    assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(CallException.class);
    await(() -> !isRunning(Long.parseLong(read(pid).strip())));
  }

  @Test
  void nothing_is_left_open_or_unreaped_by_many_commands() throws Exception {
    run("true");
    long before = openFiles();
    for (int i = 0; i < 50; i++) {
      run("echo x; echo y >&2");
    }
    await(() -> openFiles() <= before + 2);
    assertThat(ProcessHandle.current().children().filter(ProcessRunnerTest::isZombie)).isEmpty();
  }

  @Test
  void a_command_has_a_session_of_its_own_and_no_file_of_ours() throws Exception {
    Finished finished = run("echo $$; cut -d' ' -f6 /proc/self/stat; ls /proc/$$/fd | wc -l");
    List<String> lines = finished.stdout().text().orElseThrow().lines().toList();
    assertThat(lines.get(0)).isEqualTo(String.valueOf(finished.pid()));
    assertThat(lines.get(1)).isEqualTo(lines.get(0));
    assertThat(Integer.parseInt(lines.get(2))).isLessThanOrEqualTo(4);
  }

  @Test
  void programs_that_can_not_be_started_are_reported_as_the_system_does(@TempDir Path dir)
      throws IOException {
    Path text = Files.writeString(dir.resolve("text"), "no interpreter\n");
    Path lost = Files.writeString(dir.resolve("lost"), "#!/none/interpreter -x\n");
    Path plain = Files.writeString(dir.resolve("plain"), "x");
    Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(lost, PosixFilePermissions.fromString("rwx------"));
    assertRefused("nosuch_zz", "[Errno 2] No such file or directory: 'nosuch_zz'");
    assertRefused("/none/x", "[Errno 2] No such file or directory: '/none/x'");
    assertRefused(plain.toString(), "[Errno 13] Permission denied: '" + plain + "'");
    assertRefused("/", "[Errno 13] Permission denied: '/'");
    assertRefused(text.toString(), "[Errno 8] Exec format error: '" + text + "'");
    assertRefused(lost.toString(), "[Errno 2] No such file or directory: '" + lost + "'");
    assertThatThrownBy(() -> processes.run(Command.of("echo", "x".repeat(200_000)), call))
        .hasMessage("[Errno 7] Argument list too long: 'echo'");
    assertThatThrownBy(() -> processes.run(Command.of("echo", "a\0b"), call))
        .hasMessage("embedded null byte");
  }

  @Test
  void who_escaped_into_another_session_is_not_waited_for_after_a_kill() throws Exception {
    Command command = shell("setsid sleep 20 & echo out; sleep 300");
    Instant start = Instant.now();
    Finished finished = processes.run(command.within(Duration.ofMillis(500)), call);
    assertThat(finished.timedOut()).isTrue();
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
    assertThat(run("echo next").stdout()).isEqualTo(Bytes.utf8("next\n"));
  }

  @Test
  void a_background_command_goes_on_by_itself(@TempDir Path dir) throws Exception {
    Path done = dir.resolve("done");
    long pid = processes.runInBackground(shell("sleep 1; echo ok > " + done));
    assertThat(isRunning(pid)).isTrue();
    await(() -> Files.exists(done) && size(done) > 0);
    await(() -> !isRunning(pid));
  }

  private void assertRefused(String program, String message) {
    assertThatThrownBy(() -> processes.run(Command.of(program), call))
        .isInstanceOf(LaunchFailure.class)
        .hasMessage(message);
  }

  private Finished run(String script) throws LaunchFailure {
    return processes.run(shell(script), call);
  }

  private static Command shell(String script) {
    return Command.of("/bin/sh", "-c", script);
  }

  private CompletableFuture<Finished> inThread(Command command) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return processes.run(command, call);
          } catch (LaunchFailure e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant deadline = Instant.now().plus(SOON);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static boolean isRunning(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isPresent() && process.get().isAlive() && !isZombie(process.get());
  }

  private static boolean isZombie(ProcessHandle process) {
    String status = read(Path.of("/proc/" + process.pid() + "/status"));
    return status.isEmpty() || status.contains("State:\tZ");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }

  private static long size(Path file) {
    return read(file).length();
  }

  private static long openFiles() {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
