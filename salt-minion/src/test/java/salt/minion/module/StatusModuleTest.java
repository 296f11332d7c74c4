package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatusModuleTest {
  private final FixedMinion minion = new FixedMinion(Map.of(), Map.of(), Map.of());

  private Object call(String function, Object... args) {
    return minion.call("status." + function, List.of(args), Map.of());
  }

  private Map<Object, Object> map(String function, Object... args) {
    return new LinkedHashMap<>((Map<?, ?>) call(function, args));
  }

  @Test
  void the_machine_tells_its_load_memory_and_up_time() {
    assertThat(map("loadavg")).containsOnlyKeys("1-min", "5-min", "15-min");
    assertThat(((Map<?, ?>) map("meminfo").get("MemTotal")).get("unit")).isEqualTo("kB");
    assertThat(map("uptime"))
        .containsOnlyKeys("seconds", "since_iso", "since_t", "days", "time", "users");
    assertThat((Long) call("nproc")).isPositive();
    assertThat(map("vmstats")).containsKey("nr_free_pages");
    assertThat(call("version")).asString().startsWith("Linux version");
    assertThat(map("cpuinfo")).isNotEmpty();
  }

  @Test
  void file_systems_are_found_by_mount_point_and_type() {
    assertThat(map("diskusage", "/")).containsOnlyKeys("/");
    assertThat(map("diskusage", "pro?")).containsKey("/proc");
    assertThat(map("diskusage")).containsKey("/proc");
    assertThatThrownBy(() -> call("diskusage", "/nosuch"))
        .hasMessage("[Errno 2] No such file or directory: '/nosuch'");
  }

  @Test
  void a_process_is_listed_with_its_user_and_command() {
    String own = Long.toString(ProcessHandle.current().pid());
    Map<?, ?> process = (Map<?, ?>) map("procs").get(own);
    assertThat(process.get("user")).isEqualTo(System.getProperty("user.name"));
    assertThat(process.get("cmd")).asString().contains("java");
    assertThat(call("pid", "no process has this in it")).isEqualTo("");
  }

  @Test
  void a_thread_of_the_kernel_is_shown_in_brackets(@TempDir Path proc) throws IOException {
    Path kernelThread = Files.createDirectory(proc.resolve("2"));
    Files.writeString(kernelThread.resolve("cmdline"), "");
    Files.writeString(kernelThread.resolve("comm"), "kthreadd\n");
    KernelFiles files = new KernelFiles(proc);
    assertThat(files.processes()).containsExactly(2L);
    assertThat(files.process(2).orElseThrow().shown()).isEqualTo("[kthreadd]");
    assertThat(files.process(3)).isEmpty();
  }

  @Test
  void only_records_of_users_that_are_logged_in_count() {
    ByteBuffer records = ByteBuffer.allocate(3 * 384).order(ByteOrder.nativeOrder());
    records.putShort(0, (short) 2).putShort(384, (short) 7).putShort(768, (short) 7);
    assertThat(KernelFiles.logins(records.array())).isEqualTo(2);
  }

  /** As the C library of real Salt's machine writes it. */
  @Test
  void times_follow_the_directives_of_strftime() {
    Instant instant = Instant.ofEpochSecond(1795478575);
    assertThat(
            new TimeFormat(ZoneOffset.UTC)
                .format(
                    "%a %A %b %B %c %d %e %F %H %I %j %k %l %m %M %p %r %R %s %S %T %u %U %w %W %x"
                        + " %y %Y %% %G %V %D %h %C %g %P",
                    instant))
        .isEqualTo(
            "Tue Tuesday Nov November Tue Nov 24 00:02:55 2026 24 24 2026-11-24 00 12 328  0 12 11"
                + " 02 AM 12:02:55 AM 00:02 1795478575 55 00:02:55 2 47 2 47 11/24/26 26 2026 %"
                + " 2026 48 11/24/26 Nov 20 26 am");
  }
}
