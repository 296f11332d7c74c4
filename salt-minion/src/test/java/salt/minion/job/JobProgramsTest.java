package salt.minion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static salt.minion.job.TestFunctions.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.payload.Bytes;
import salt.common.payload.MessagePack;
import salt.minion.process.Command;
import salt.minion.process.LaunchFailure;
import salt.minion.process.ProcessRunner;
import salt.minion.process.SurvivingProcess;

/** The programs that jobs run: signals to them, and what becomes of them without the minion. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobProgramsTest {
  private static final String JID = "20261123000000000001";
  private static final String MASTER = "salt.example";
  private static final long PATIENCE_SECONDS = 20;

  @TempDir Path directory;

  private final ProcessRunner processes = new ProcessRunner();
  private final BlockingQueue<Map<String, Object>> returns = new LinkedBlockingQueue<>();
  private final List<JobRunner> runners = new ArrayList<>();

  @AfterEach
  void close() {
    runners.forEach(JobRunner::close);
  }

  /** A runner that knows one function, which runs a line of shell. */
  private JobRunner runner(String line) {
    TestFunctions functions =
        new TestFunctions().with("a.program", (p, k, call) -> run(processes, call, line));
    ProcDirectory proc = new ProcDirectory(directory.resolve("proc"), List.of(MASTER));
    JobRunner runner =
        new JobRunner(
            new JobSettings(proc, new JobPool(-1), 100, false),
            MASTER,
            functions,
            new Blackout(Map::of, Map::of));
    runners.add(runner);
    return runner;
  }

  private Map<String, Object> next() throws InterruptedException {
    Map<String, Object> ret = returns.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(ret).as("a return within %s seconds", PATIENCE_SECONDS).isNotNull();
    return ret;
  }

  /** The file of a job of a minion that is no more. */
  private void abandoned(String jid, Process program) throws IOException {
    SurvivingProcess left = SurvivingProcess.of(program.toHandle());
    Map<String, Object> content = job(jid, "cmd.run", "wait");
    content.put("pid", 999_999_999L);
    content.put(
        "resume",
        Map.of(
            "boot",
            Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
            "master",
            MASTER,
            "processes",
            List.of(List.of(left.pid(), left.started()))));
    Path proc = Files.createDirectories(directory.resolve("proc"));
    Files.write(proc.resolve(jid), MessagePack.NETWORK.pack(content));
  }

  @Test
  void a_program_that_outlived_its_minion_is_taken_over_and_returns_when_it_ends()
      throws Exception {
    Process program = new ProcessBuilder("sleep", "600").start();
    abandoned(JID, program);
    JobRunner runner = runner("true");
    runner.resume(returns::add);
    assertThat(runner.running())
        .singleElement()
        .satisfies(
            job ->
                assertThat(job)
                    .contains(entry("jid", JID), entry("pid", ProcessHandle.current().pid()))
                    .doesNotContainKey("resume"));
    runner.run(job(JID, "cmd.run", "wait"), returns::add);
    assertThat(runner.signal(JID, 15)).isTrue();
    assertThat(next())
        .contains(entry("jid", JID), entry("success", false), entry("retcode", 1L))
        .hasEntrySatisfying(
            "return",
            text -> assertThat((String) text).startsWith("ERROR: the minion was restarted"));
    assertThat(program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    runner.close();
    assertThat(returns).isEmpty();
    assertThat(directory.resolve("proc")).isEmptyDirectory();
  }

  @Test
  void a_job_that_died_with_its_minion_returns_an_error() throws Exception {
    Process program = new ProcessBuilder("true").start();
    abandoned(JID, program);
    program.waitFor();
    JobRunner runner = runner("true");
    runner.resume(returns::add);
    assertThat(next())
        .containsEntry(
            "return",
            "ERROR: the minion ended while this job ran; what the job came to is not known");
    runner.close();
    assertThat(directory.resolve("proc")).isEmptyDirectory();
  }

  @Test
  void a_program_goes_on_when_the_minion_ends() throws Exception {
    JobRunner first = runner("echo before; sleep 600; echo after");
    first.run(job(JID, "a.program"), returns::add);
    Path file = directory.resolve("proc").resolve(JID);
    SurvivingProcess program = awaitProgram(file);
    first.close();
    assertThat(returns).isEmpty();
    assertThat(program.isAlive()).isTrue();
    assertThat(file).exists();
    program.end(true);
  }

  @Test
  void a_program_beside_the_minion_sees_its_jobs_and_ends_their_programs_only() throws Exception {
    Path proc = Files.createDirectories(directory.resolve("proc"));
    NeighbourJobs neighbour = new NeighbourJobs(proc);
    assertThat(neighbour.running()).isEmpty();
    JobRunner runner = runner("exec sleep 600");
    runner.run(job(JID, "a.program"), returns::add);
    awaitProgram(proc.resolve(JID));
    assertThat(neighbour.running()).isEqualTo(runner.running());
    assertThat(neighbour.signal("20261123000000000002", 15)).isFalse();
    assertThat(neighbour.signal(JID, 15)).isTrue();
    assertThat(next()).containsEntry("jid", JID);
    runner.close();
    assertThat(neighbour.running()).isEmpty();
    assertThat(new NeighbourJobs(directory.resolve("none")).running()).isEmpty();
  }

  private static Object run(ProcessRunner processes, Call call, String line) {
    try {
      return processes.run(Command.of("/bin/sh", "-c", line), call).stdout();
    } catch (LaunchFailure e) {
      throw new CallException(CallException.Kind.EXECUTION, "not started", e);
    }
  }

  private static SurvivingProcess awaitProgram(Path file) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      if (Files.exists(file)
          && MessagePack.unpackMap(Files.readAllBytes(file)).get("resume") instanceof Map<?, ?> map
          && map.get("processes") instanceof List<?> list
          && !list.isEmpty()
          && list.get(0) instanceof List<?> pair) {
        return new SurvivingProcess((Long) pair.get(0), (Long) pair.get(1));
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("no program in " + file);
  }

  @Test
  void a_program_that_is_asked_to_end_may_clean_up() throws Exception {
    JobRunner runner =
        runner(
            "trap 'sleep 0.3; echo cleaned; exit 3' TERM; touch "
                + directory.resolve("ready")
                + "; while :; do sleep 0.05; done");
    runner.run(job(JID, "a.program"), returns::add);
    until(() -> Files.exists(directory.resolve("ready")));
    awaitProgram(directory.resolve("proc").resolve(JID));
    assertThat(runner.signal(JID, 15)).isTrue();
    assertThat(next()).containsEntry("return", Bytes.utf8("cleaned\n"));
  }

  @Test
  void a_job_can_be_stopped_and_go_on() throws Exception {
    JobRunner runner = runner("exec sleep 600");
    runner.run(job(JID, "a.program"), returns::add);
    long pid = awaitProgram(directory.resolve("proc").resolve(JID)).pid();
    assertThat(runner.signal(JID, 19)).isTrue();
    until(() -> state(pid).equals("T"));
    assertThat(runner.running()).hasSize(1);
    assertThat(runner.signal(JID, 18)).isTrue();
    until(() -> state(pid).equals("S"));
    assertThat(runner.signal(JID, 9)).isTrue();
    assertThat(next()).containsEntry("jid", JID);
  }

  private static String state(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      return line.substring(line.lastIndexOf(')') + 2).substring(0, 1);
    } catch (IOException e) {
      return "";
    }
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
