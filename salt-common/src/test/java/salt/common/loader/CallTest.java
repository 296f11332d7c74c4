package salt.common.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CallTest {
  private final Call call = new Call("test.sleep", Map.of());

  @Test
  void a_pause_lasts_its_time() throws InterruptedException {
    assertThat(call.pause(Duration.ofMillis(1))).isTrue();
  }

  @Test
  void a_call_that_is_told_to_end_pauses_no_longer() throws InterruptedException {
    Thread ending = new Thread(() -> call.cancel(false));
    ending.start();
    assertThat(call.pause(Duration.ofDays(1))).isFalse();
    ending.join();
    assertThat(call.cancelled()).isTrue();
  }

  @Test
  void what_ends_a_wait_is_run_once_whenever_it_is_said() {
    AtomicInteger before = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    call.whenCancelled(before::incrementAndGet);
    assertThat(before).hasValue(0);
    call.cancel(false);
    call.cancel(true);
    call.whenCancelled(after::incrementAndGet);
    assertThat(before).hasValue(1);
    assertThat(after).hasValue(1);
  }
}
