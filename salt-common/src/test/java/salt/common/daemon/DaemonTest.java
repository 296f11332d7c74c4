package salt.common.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every long-running program needs. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DaemonTest {
  @TempDir Path directory;

  @Test
  void resources_are_closed_backwards_and_once() {
    List<String> order = new ArrayList<>();
    Resources resources = new Resources();
    resources.add(() -> order.add("first"));
    resources.add(() -> order.add("second"));
    resources.close();
    resources.close();
    assertThat(order).containsExactly("second", "first");
  }

  @Test
  void all_resources_are_closed_although_some_fail() {
    List<String> order = new ArrayList<>();
    Resources resources = new Resources();
    resources.add(() -> order.add("first"));
    resources.add(
        () -> {
          throw new IOException("second");
        });
    resources.add(
        () -> {
          throw new IllegalStateException("third");
        });
    assertThatThrownBy(resources::close)
        .hasMessage("third")
        .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessage("second"));
    assertThat(order).containsExactly("first");
  }

  @Test
  void what_is_opened_after_the_end_is_closed_at_once() {
    List<String> order = new ArrayList<>();
    Resources resources = new Resources();
    resources.close();
    assertThatThrownBy(() -> resources.add(() -> order.add("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(order).containsExactly("late");
  }

  @Test
  void a_signal_ends_the_waiting() throws Exception {
    try (ShutdownSignal signal = ShutdownSignal.install(Duration.ofSeconds(1), code -> {})) {
      assertThat(signal.await(Duration.ofMillis(1))).isFalse();
      new Thread(signal::raise).start();
      signal.await();
      assertThat(signal.isRaised()).isTrue();
    }
  }

  @Test
  void a_process_that_gets_a_signal_closes_everything_before_it_ends() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .redirectErrorStream(true)
            .start();
    try (var output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("waiting");
      process.toHandle().destroy();
      assertThat(output.readLine()).isEqualTo("closed");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A daemon that does nothing. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (ShutdownSignal signal =
              ShutdownSignal.install(Duration.ofSeconds(20), Runtime.getRuntime()::halt);
          Resources resources = new Resources()) {
        resources.add(() -> System.out.println("closed"));
        System.out.println("waiting");
        signal.await();
      }
    }
  }

  @Test
  void workers_refuse_what_exceeds_their_queue_and_finish_what_they_took() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(1);
    Queue<String> done = new ConcurrentLinkedQueue<>();
    Workers workers = new Workers("test-worker", 1, 2, Duration.ofSeconds(20));
    assertThat(
            workers.offer(
                () -> {
                  started.countDown();
                  awaitQuietly(hold);
                  done.add(Thread.currentThread().getName());
                }))
        .isTrue();
    started.await();
    assertThat(workers.offer(() -> done.add("second"))).isTrue();
    assertThat(
            workers.offer(
                () -> {
                  throw new IllegalStateException("on purpose");
                }))
        .isTrue();
    assertThat(workers.offer(() -> done.add("too much"))).isFalse();
    assertThat(workers.waiting()).isEqualTo(2);
    hold.countDown();
    workers.close();
    assertThat(done).containsExactly("test-worker-1", "second");
    assertThat(workers.offer(() -> done.add("late"))).isFalse();
  }

  @Test
  void closing_workers_does_not_wait_for_ever() {
    CountDownLatch hold = new CountDownLatch(1);
    Workers workers = new Workers("stuck-worker", 1, 1, Duration.ofMillis(50));
    workers.offer(() -> awaitQuietly(hold));
    assertThatCode(workers::close).doesNotThrowAnyException();
    hold.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_pid_file_is_written_and_removed_and_a_stale_one_replaced() throws Exception {
    Path path = directory.resolve("run/salt-master.pid");
    Files.createDirectories(path.getParent());
    Files.writeString(path, "999999");
    PidFile file = PidFile.write(path);
    assertThat(path).hasContent(String.valueOf(ProcessHandle.current().pid()));
    file.close();
    assertThat(path).doesNotExist();
    assertThat(path.getParent()).isEmptyDirectory();
    file.close();
  }

  @Test
  void a_pid_file_made_by_root_is_written_and_emptied_in_its_place() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("root"));
    Path path = Files.createFile(folder.resolve("salt-master.pid"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (PidFile file = PidFile.write(path)) {
      assertThat(path).hasContent(String.valueOf(ProcessHandle.current().pid()));
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    // Root may write there all the same, and so removes it.
    assertThat(Files.exists(path) ? Files.readString(path) : "").isEmpty();
  }

  @Test
  void the_pid_file_of_another_process_is_left_alone() throws Exception {
    Path path = directory.resolve("salt-master.pid");
    try (PidFile file = PidFile.write(path)) {
      Files.writeString(path, "1");
    }
    assertThat(path).hasContent("1");
  }

  @Test
  void a_pid_file_that_cannot_be_written_is_named() throws Exception {
    Path blocked = directory.resolve("file");
    Files.writeString(blocked, "");
    assertThatThrownBy(() -> PidFile.write(blocked.resolve("salt.pid")))
        .hasMessageContaining(blocked.resolve("salt.pid").toString())
        .hasMessageContaining("pidfile");
  }

  @Test
  void systemd_is_told_only_when_it_has_asked() {
    Path told = directory.resolve("told");
    String[] command = {"sh", "-c", "echo \"$NOTIFY_SOCKET\" > \"$0\"", told.toString()};
    ReadyNotice.of(Map.of(), command).send();
    ReadyNotice.of(Map.of("NOTIFY_SOCKET", ""), command).send();
    assertThat(told).doesNotExist();
    ReadyNotice.of(Map.of("NOTIFY_SOCKET", "@run/notify"), command).send();
    assertThat(told).hasContent("@run/notify");
  }

  @Test
  void a_notice_that_cannot_be_given_does_no_harm() {
    Map<String, String> asked = Map.of("NOTIFY_SOCKET", "@x");
    assertThatCode(() -> ReadyNotice.of(asked, "/does/not/exist").send())
        .doesNotThrowAnyException();
    assertThatCode(() -> ReadyNotice.of(asked, "false").send()).doesNotThrowAnyException();
    ReadyNotice.ofThisProcess().send();
  }

  @Test
  void pauses_double_up_to_the_longest_and_start_again() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(6), () -> 0);
    assertThat(List.of(backoff.next(), backoff.next(), backoff.next(), backoff.next()))
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(6));
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pauses_have_a_random_part_of_at_most_the_first_one() {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> Long.MAX_VALUE);
    for (int least : new int[] {1, 2, 4, 8}) {
      assertThat(backoff.next())
          .isBetween(Duration.ofSeconds(least), Duration.ofSeconds(least + 1));
    }
    Backoff constant = new Backoff(Duration.ofSeconds(1), Duration.ZERO, () -> 0);
    assertThat(List.of(constant.next(), constant.next())).containsOnly(Duration.ofSeconds(1));
  }

  @Test
  void a_ticker_measures() {
    AtomicLong now = new AtomicLong(5);
    Ticker ticker = now::get;
    long start = ticker.nanos();
    now.addAndGet(1_000_000);
    assertThat(ticker.since(start)).isEqualTo(Duration.ofMillis(1));
    assertThat(Ticker.SYSTEM.since(Ticker.SYSTEM.nanos())).isLessThan(Duration.ofSeconds(10));
  }
}
