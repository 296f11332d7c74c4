package salt.minion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static salt.minion.job.TestFunctions.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.Functions;
import salt.common.loader.PythonError;
import salt.common.payload.MessagePack;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobRunnerTest {
  private static final String JID = "20261123000000000001";
  private static final String MASTER = "salt.example";
  private static final long PATIENCE_SECONDS = 20;

  @TempDir Path directory;

  private final BlockingQueue<Map<String, Object>> returns = new LinkedBlockingQueue<>();
  private final Map<String, Object> pillar = new LinkedHashMap<>();
  private final Map<String, Object> grains = new LinkedHashMap<>();
  private final List<JobRunner> runners = new ArrayList<>();

  @AfterEach
  void close() {
    runners.forEach(JobRunner::close);
  }

  private JobRunner runner(Functions functions, int most, boolean ordered) {
    JobSettings settings =
        new JobSettings(
            new ProcDirectory(directory.resolve("proc"), List.of(MASTER)),
            new JobPool(most),
            100,
            ordered);
    JobRunner runner =
        new JobRunner(settings, MASTER, functions, new Blackout(() -> pillar, () -> grains));
    runners.add(runner);
    return runner;
  }

  private Map<String, Object> next() throws InterruptedException {
    Map<String, Object> ret = returns.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(ret).as("a return within %s seconds", PATIENCE_SECONDS).isNotNull();
    return ret;
  }

  private Map<String, Object> run(Functions functions, Object fun, Object... arg)
      throws InterruptedException {
    runner(functions, -1, false).run(job(JID, fun, arg), returns::add);
    return next();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened the latch");
      }
    } catch (InterruptedException e) {
      throw new CallException(CallException.Kind.EXECUTION, "interrupted", e);
    }
  }

  @Test
  void a_return_has_what_the_master_and_the_client_read() throws InterruptedException {
    TestFunctions functions =
        new TestFunctions().with("test.arg", (positional, keyword, call) -> keyword);
    Map<String, Object> marked = new LinkedHashMap<>();
    marked.put("a", 1L);
    marked.put("__kwarg__", true);
    Map<String, Object> job = job(JID, "test.arg", "x", marked);
    job.put("metadata", Map.of("why", "test"));
    job.put("master_id", "m");
    runner(functions, -1, false).run(job, returns::add);
    assertThat(next())
        .containsExactly(
            entry("success", true),
            entry("return", Map.of("a", 1L)),
            entry("retcode", 0L),
            entry("jid", JID),
            entry("fun", "test.arg"),
            entry("fun_args", List.of("x", marked)),
            entry("user", "root"),
            entry("master_id", "m"),
            entry("metadata", Map.of("why", "test")));
  }

  @Test
  void metadata_that_are_no_map_are_left_out() throws InterruptedException {
    TestFunctions functions = new TestFunctions().with("test.ping", (p, k, call) -> true);
    Map<String, Object> job = job(JID, "test.ping");
    job.put("metadata", "text");
    runner(functions, -1, false).run(job, returns::add);
    assertThat(next()).doesNotContainKey("metadata");
  }

  @Test
  void the_outputter_of_a_function_goes_with_its_return() throws InterruptedException {
    TestFunctions functions = new TestFunctions().with("sys.doc", "nested", (p, k, call) -> true);
    assertThat(run(functions, "sys.doc")).containsEntry("out", "nested");
  }

  @Test
  void a_retcode_that_the_function_set_makes_the_job_fail() throws InterruptedException {
    TestFunctions functions =
        new TestFunctions()
            .with(
                "cmd.run",
                (positional, keyword, call) -> {
                  call.retcode(3);
                  return "said";
                });
    assertThat(run(functions, "cmd.run"))
        .containsEntry("retcode", 3L)
        .containsEntry("success", false)
        .containsEntry("return", "said")
        .doesNotContainKey("out");
  }

  @Test
  void a_map_that_says_it_failed_makes_the_job_fail() throws InterruptedException {
    TestFunctions functions =
        new TestFunctions()
            .with("a.result", (p, k, call) -> Map.of("result", false))
            .with("a.success", (p, k, call) -> Map.of("success", 0L))
            .with("a.fine", (p, k, call) -> Map.of("result", true, "success", "yes"))
            .with("a.list", (p, k, call) -> List.of(false));
    JobRunner runner = runner(functions, -1, false);
    List<Object> codes = new ArrayList<>();
    int number = 0;
    for (String fun : List.of("a.result", "a.success", "a.fine", "a.list")) {
      runner.run(job("2026112300000000001" + number++, fun), returns::add);
      codes.add(next().get("retcode"));
    }
    assertThat(codes).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void failures_are_told_in_the_words_of_Salt() throws InterruptedException {
    TestFunctions functions =
        new TestFunctions()
            .with("a.run", (p, k, call) -> fail(CallException.Kind.EXECUTION, "it broke"))
            .with("a.value", (p, k, call) -> fail(CallException.Kind.INVOCATION, "bad value"))
            .with("a.absent", (p, k, call) -> fail(CallException.Kind.COMMAND_NOT_FOUND, "zip"))
            .with(
                "a.type",
                (p, k, call) -> {
                  throw new PythonError("TypeError", "no int");
                })
            .with(
                "a.bug",
                (p, k, call) -> {
                  throw new IllegalStateException("surprise");
                });
    JobRunner runner = runner(functions, -1, false);
    Map<String, Object> texts = new LinkedHashMap<>();
    int number = 0;
    for (String fun : List.of("a.run", "a.value", "a.absent", "a.type", "a.none")) {
      runner.run(job("2026112300000000002" + number++, fun), returns::add);
      Map<String, Object> ret = next();
      assertThat(ret).containsEntry("success", false).containsEntry("retcode", 1L);
      assertThat(ret).containsEntry("out", "nested");
      texts.put(fun, ret.get("return"));
    }
    assertThat(texts)
        .containsExactly(
            entry("a.run", "ERROR: it broke"),
            entry("a.value", "ERROR executing 'a.value': bad value"),
            entry("a.absent", "Command required for 'a.absent' not found: zip"),
            entry("a.type", "Passed invalid arguments to a.type: no int\nThe doc of a.type"),
            entry("a.none", "'a.none' is not available."));
    runner.run(job("20261123000000000030", "a.bug"), returns::add);
    assertThat(next().get("return").toString())
        .startsWith("The minion function caused an exception: Traceback (most recent call last):\n")
        .endsWith("IllegalStateException: surprise\n");
  }

  private static Object fail(CallException.Kind kind, String message) {
    throw new CallException(kind, message);
  }

  @Test
  void several_functions_return_by_name() throws InterruptedException {
    Map<String, Object> ret =
        run(three(), List.of("a.one", "a.two", "a.fails"), List.of("x"), List.of(), List.of());
    assertThat(ret.get("return"))
        .isEqualTo(Map.of("a.one", List.of("x"), "a.two", 2L, "a.fails", "ERROR: no"));
    assertThat(ret.get("retcode")).isEqualTo(Map.of("a.one", 0L, "a.two", 0L, "a.fails", 1L));
    assertThat(ret.get("success"))
        .isEqualTo(Map.of("a.one", true, "a.two", true, "a.fails", false));
    assertThat(ret)
        .containsEntry("fun", List.of("a.one", "a.two", "a.fails"))
        .containsEntry("fun_args", List.of(List.of("x"), List.of(), List.of()))
        .containsEntry("jid", JID);
  }

  @Test
  void several_functions_return_in_order_when_asked_to() throws InterruptedException {
    runner(three(), -1, true)
        .run(
            job(JID, List.of("a.two", "a.one", "a.two"), List.of(), List.of("y"), List.of()),
            returns::add);
    assertThat(next())
        .containsEntry("return", List.of(2L, List.of("y"), 2L))
        .containsEntry("retcode", List.of(0L, 0L, 0L))
        .containsEntry("success", List.of(true, true, true));
  }

  private static TestFunctions three() {
    return new TestFunctions()
        .with("a.one", (positional, k, call) -> positional)
        .with("a.two", (p, k, call) -> 2L)
        .with("a.fails", (p, k, call) -> fail(CallException.Kind.EXECUTION, "no"));
  }

  @Test
  void a_jid_runs_once() throws InterruptedException {
    List<String> ran = new ArrayList<>();
    TestFunctions functions =
        new TestFunctions()
            .with("a.one", (p, k, call) -> ran.add("one"))
            .with("a.two", (p, k, call) -> ran.add("two"));
    JobRunner runner = runner(functions, 1, false);
    runner.run(job(JID, "a.one"), returns::add);
    runner.run(job(JID, "a.one"), returns::add);
    runner.run(job("20261123000000000002", "a.two"), returns::add);
    assertThat(next()).containsEntry("fun", "a.one");
    assertThat(next()).containsEntry("fun", "a.two");
    assertThat(ran).containsExactly("one", "two");
  }

  @Test
  void only_so_many_jobs_run_at_once_but_jobs_are_looked_after_meanwhile()
      throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    Semaphore begun = new Semaphore(0);
    TestFunctions functions =
        new TestFunctions()
            .with(
                "a.waits",
                (p, k, call) -> {
                  begun.release();
                  await(release);
                  return call.publication().get("jid");
                });
    JobRunner runner = runner(functions, 2, false);
    functions.with("saltutil.find_job", (p, k, call) -> runner.running().size());
    for (int i = 1; i <= 3; i++) {
      runner.run(job("2026112300000000000" + i, "a.waits"), returns::add);
    }
    assertThat(begun.tryAcquire(2, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    runner.run(job("20261123000000000009", "saltutil.find_job"), returns::add);
    assertThat(next()).containsEntry("fun", "saltutil.find_job").containsEntry("return", 4);
    assertThat(begun.availablePermits()).isZero();
    release.countDown();
    assertThat(begun.tryAcquire(1, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(List.of(next().get("success"), next().get("success"), next().get("success")))
        .containsOnly(true);
  }

  @Test
  void a_running_job_has_a_file_until_it_has_returned() throws IOException, InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    TestFunctions functions =
        new TestFunctions()
            .with(
                "a.waits",
                (p, k, call) -> {
                  begun.countDown();
                  await(release);
                  return true;
                });
    JobRunner runner = runner(functions, -1, false);
    runner.run(job(JID, "a.waits", "x"), returns::add);
    await(begun);
    Path file = directory.resolve("proc").resolve(JID);
    assertThat(MessagePack.unpackMap(Files.readAllBytes(file)))
        .containsEntry("pid", ProcessHandle.current().pid())
        .containsEntry("fun", "a.waits")
        .containsEntry("arg", List.of("x"))
        .containsEntry("jid", JID);
    assertThat(runner.running())
        .singleElement()
        .satisfies(job -> assertThat(job).containsEntry("jid", JID).containsKey("pid"));
    release.countDown();
    next();
    assertThat(file).doesNotExist();
    assertThat(runner.running()).isEmpty();
  }

  @Test
  void a_signal_ends_the_child_processes_and_the_waiting_of_a_job() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    BlockingQueue<Process> children = new LinkedBlockingQueue<>();
    TestFunctions functions =
        new TestFunctions()
            .with("a.child", (p, k, call) -> waitForChild(call, children))
            .with(
                "a.waits",
                (p, k, call) -> {
                  begun.countDown();
                  await(new CountDownLatch(1));
                  return "not interrupted";
                });
    JobRunner runner = runner(functions, -1, false);
    runner.run(job(JID, "a.child"), returns::add);
    Process child = children.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(runner.signal(JID, 0)).isTrue();
    assertThat(child.isAlive()).isTrue();
    assertThat(runner.signal(JID, 15)).isTrue();
    assertThat(next()).containsEntry("success", false);
    assertThat(child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    String second = "20261123000000000002";
    runner.run(job(second, "a.waits"), returns::add);
    await(begun);
    assertThat(runner.signal(second, 9)).isTrue();
    assertThat(next()).containsEntry("return", "ERROR: interrupted");
    assertThat(runner.signal(second, 9)).as("a job that has ended").isFalse();
  }

  private static Object waitForChild(Call call, BlockingQueue<Process> children) {
    try {
      Process child = new ProcessBuilder("sleep", "600").start();
      call.started(child.toHandle());
      children.add(child);
      int code = child.waitFor();
      call.ended(child.toHandle());
      call.retcode(code);
      return "ended";
    } catch (IOException | InterruptedException e) {
      throw new CallException(CallException.Kind.EXECUTION, "interrupted", e);
    }
  }

  @Test
  void a_job_that_waits_for_its_turn_can_be_ended() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    List<String> ran = new ArrayList<>();
    TestFunctions functions =
        new TestFunctions()
            .with(
                "a.waits",
                (p, k, call) -> {
                  await(release);
                  return true;
                })
            .with("a.late", (p, k, call) -> ran.add("late"));
    JobRunner runner = runner(functions, 1, false);
    runner.run(job(JID, "a.waits"), returns::add);
    runner.run(job("20261123000000000002", "a.late"), returns::add);
    assertThat(runner.signal("20261123000000000002", 15)).isTrue();
    release.countDown();
    assertThat(next()).containsEntry("return", true);
    assertThat(next()).containsEntry("success", false);
    assertThat(ran).isEmpty();
  }

  @Test
  void a_blackout_leaves_only_what_may_be_called() throws InterruptedException {
    TestFunctions functions =
        new TestFunctions()
            .with("test.ping", (p, k, call) -> true)
            .with("test.echo", (p, k, call) -> true)
            .with("saltutil.refresh_pillar", (p, k, call) -> true);
    JobRunner runner = runner(functions, -1, false);
    pillar.put("minion_blackout", true);
    pillar.put("minion_blackout_whitelist", List.of("test.echo"));
    runner.run(job("20261123000000000001", "test.ping"), returns::add);
    assertThat(next())
        .containsEntry(
            "return",
            "ERROR executing 'test.ping': Minion in blackout mode. Set 'minion_blackout' to False"
                + " in pillar or grains to resume operations. Only saltutil.refresh_pillar allowed"
                + " in blackout mode.")
        .containsEntry("retcode", 1L);
    runner.run(job("20261123000000000002", "test.echo"), returns::add);
    assertThat(next()).containsEntry("return", true);
    runner.run(job("20261123000000000003", "saltutil.refresh_pillar"), returns::add);
    assertThat(next()).containsEntry("return", true);
    pillar.clear();
    grains.put("minion_blackout", true);
    runner.run(job("20261123000000000004", "test.echo"), returns::add);
    assertThat(next()).containsEntry("success", false);
  }

  @Test
  void another_executor_than_the_direct_one_is_refused() throws InterruptedException {
    TestFunctions functions = new TestFunctions().with("test.ping", (p, k, call) -> true);
    JobRunner runner = runner(functions, -1, false);
    Map<String, Object> splay = job(JID, "test.ping");
    splay.put("module_executors", List.of("splay", "direct_call"));
    runner.run(splay, returns::add);
    assertThat(next())
        .containsEntry("return", "ERROR executing 'test.ping': Executor 'splay' is not available");
    Map<String, Object> direct = job("20261123000000000002", "test.ping");
    direct.put("module_executors", "direct_call");
    runner.run(direct, returns::add);
    assertThat(next()).containsEntry("return", true);
  }

  @Test
  void files_of_jobs_that_died_are_removed_at_start() throws IOException {
    Path proc = Files.createDirectories(directory.resolve("proc"));
    Files.write(proc.resolve(JID), MessagePack.NETWORK.pack(Map.of("pid", 999_999_999L)));
    Files.writeString(proc.resolve("20261123000000000002"), "broken");
    Path alive = proc.resolve("20261123000000000003");
    Files.write(alive, MessagePack.NETWORK.pack(Map.of("pid", 1L)));
    new ProcDirectory(proc, List.of(MASTER));
    assertThat(proc).isDirectoryContaining(alive::equals);
    assertThat(proc.toFile().list()).hasSize(1);
  }
}
