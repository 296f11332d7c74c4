package salt.minion.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.transport.TransportException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReturnSenderTest {
  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

  @TempDir Path directory;

  private final BlockingQueue<Object> delivered = new LinkedBlockingQueue<>();
  private final List<ReturnSender> senders = new ArrayList<>();
  private volatile boolean down;
  private volatile Object refused = "";

  private static Duration aLongPause() {
    return Duration.ofHours(1);
  }

  @AfterEach
  void close() {
    senders.forEach(ReturnSender::close);
  }

  private ReturnSpool spool(long mostBytes, Instant now) {
    return new ReturnSpool(
        directory.resolve("returns"),
        mostBytes,
        Duration.ofDays(7),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private ReturnSender sender() {
    ReturnSender sender =
        new ReturnSender(spool(1 << 20, START), this::deliver, ReturnSenderTest::aLongPause);
    senders.add(sender);
    return sender;
  }

  private void deliver(Map<String, Object> load) {
    if (down || refused.equals(load.get("jid"))) {
      throw new TransportException("the master does not answer");
    }
    delivered.add(load);
  }

  private static Map<String, Object> load(String jid) {
    return Map.of("cmd", "_return", "jid", jid, "return", "text");
  }

  private Object next(BlockingQueue<Object> queue) throws InterruptedException {
    Object next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private List<String> kept() throws IOException {
    try (var files = Files.list(directory.resolve("returns"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_return_that_is_acknowledged_is_not_kept() throws Exception {
    sender().send(load("1"));
    assertThat(delivered).containsExactly(load("1"));
    assertThat(kept()).isEmpty();
  }

  @Test
  void an_undelivered_return_is_kept_and_delivered_once_when_the_master_is_back() throws Exception {
    ReturnSender sender = sender();
    down = true;
    sender.send(load("1"));
    sender.send(load("2"));
    assertThat(kept()).hasSize(2);
    down = false;
    sender.retry();
    assertThat(List.of(next(delivered), next(delivered)))
        .containsExactlyInAnyOrder(load("1"), load("2"));
    sender.close();
    assertThat(delivered).isEmpty();
    assertThat(kept()).isEmpty();
  }

  @Test
  void undelivered_returns_outlive_the_process() throws Exception {
    ReturnSender first = sender();
    down = true;
    first.send(load("1"));
    first.close();
    down = false;
    Files.writeString(directory.resolve("returns/.000000000000001-000000001.p"), "cut off");
    sender();
    assertThat(next(delivered)).isEqualTo(load("1"));
    senders.get(1).close();
    assertThat(kept()).isEmpty();
  }

  @Test
  void a_return_that_the_master_never_takes_does_not_keep_others_waiting() throws Exception {
    ReturnSender sender =
        new ReturnSender(spool(1 << 20, START), this::deliver, () -> Duration.ofMillis(5));
    senders.add(sender);
    down = true;
    sender.send(load("poison"));
    sender.send(load("good"));
    refused = "poison";
    down = false;
    assertThat(next(delivered)).isEqualTo(load("good"));
    sender.close();
    assertThat(kept()).hasSize(1);
  }

  @Test
  void what_cannot_be_sent_gives_way_to_an_error() throws Exception {
    sender().send(Map.of("jid", "1", "success", true, "retcode", 0L, "return", new Object()));
    assertThat((Map<?, ?>) next(delivered))
        .satisfies(
            load -> {
              assertThat(load.get("jid")).isEqualTo("1");
              assertThat(load.get("success")).isEqualTo(false);
              assertThat(load.get("retcode")).isEqualTo(1L);
              assertThat(load.get("return").toString()).startsWith("ERROR: the return cannot be");
            });
    assertThat(kept()).isEmpty();
  }

  @Test
  void a_return_is_delivered_even_if_it_cannot_be_kept() throws Exception {
    ReturnSender sender = sender();
    Files.delete(directory.resolve("returns"));
    sender.send(load("1"));
    assertThat(next(delivered)).isEqualTo(load("1"));
  }

  @Test
  void only_this_user_can_read_what_is_kept() throws Exception {
    spool(1 << 20, START);
    assertThat(Files.getPosixFilePermissions(directory.resolve("returns"))).hasSize(3);
  }

  @Test
  void the_oldest_go_first_when_too_much_waits() {
    ReturnSpool spool = spool(60, START);
    List<Path> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Path file = spool.choose();
      spool.keep(file, load("" + i));
      all.add(file);
    }
    List<Path> waiting = spool.waiting();
    assertThat(waiting).isNotEmpty().hasSizeLessThan(3).contains(all.get(4));
    assertThat(all.get(0)).doesNotExist();
    assertThat(spool.waiting()).isEqualTo(waiting);
  }

  @Test
  void what_waited_too_long_is_dropped() {
    ReturnSpool spool = spool(1 << 20, START);
    Path old = spool.choose();
    spool.keep(old, load("1"));
    assertThat(spool(1 << 20, START.plus(Duration.ofDays(6))).waiting()).containsExactly(old);
    assertThat(spool(1 << 20, START.plus(Duration.ofDays(8))).waiting()).isEmpty();
    assertThat(old).doesNotExist();
  }

  @Test
  void a_broken_file_is_dropped() throws IOException {
    ReturnSpool spool = spool(1 << 20, START);
    Path broken = spool.choose();
    Files.writeString(broken, "broken");
    assertThat(spool.read(broken)).isEmpty();
    assertThat(broken).doesNotExist();
    assertThat(spool.read(broken)).isEmpty();
  }
}
