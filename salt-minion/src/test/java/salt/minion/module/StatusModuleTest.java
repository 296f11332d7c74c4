package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import salt.common.transport.SocketOptions;
import salt.common.transport.Transport;
import salt.common.transport.ZeroMqTransport;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatusModuleTest {
  @TempDir private Path folder;

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

  @Test
  void the_kernels_counters_have_names() throws IOException {
    Files.createDirectories(folder.resolve("net"));
    Files.writeString(
        folder.resolve("stat"),
        """
        cpu  10 20 30 40 50 60 70 80 0 0
        cpu0 10 20 30 40 50 60 70 80 0 0
        intr 99 1 2
        ctxt 5
        softirq 7 3 4
        """);
    Files.writeString(
        folder.resolve("diskstats"), " 254       0 vda 1 2 3 4 5 6 7 8 9 10 11 12 13\n 1 2 x 1\n");
    Files.writeString(
        folder.resolve("net/netstat"), "TcpExt: A B\nTcpExt: 1 2\nIpExt: C\nIpExt: 3\n");
    Files.writeString(
        folder.resolve("net/dev"),
        "Inter-| Receive\n face |bytes\n  lo:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n");
    StatusCountersModule counters = StatusCountersModule.of(new KernelFiles(folder));
    assertThat(counters.cpustats())
        .hasToString(
            "{cpu={idle=40, iowait=50, irq=60, nice=20, softirq=70, steal=80, system=30, user=10},"
                + " cpu0=10, intr={total=99, irqs=[1, 2]}, ctxt=5,"
                + " softirq={total=7, softirqs=[3, 4]}}");
    assertThat(counters.diskstats()).containsOnlyKeys("vda");
    assertThat((Map<?, ?>) counters.diskstats().get("vda"))
        .hasToString(
            "{major=254, minor=0, device=vda, reads_issued=1, reads_merged=2, sectors_read=3,"
                + " ms_spent_reading=4, writes_completed=5, writes_merged=6, sectors_written=7,"
                + " ms_spent_writing=8, io_in_progress=9, ms_spent_in_io=10,"
                + " weighted_ms_spent_in_io=11}");
    assertThat(counters.netstats()).hasToString("{TcpExt={A=1, B=2}, IpExt={C=3}}");
    assertThat((Map<?, ?>) counters.netdev().get("lo"))
        .hasToString(
            "{iface=lo, rx_bytes=1, rx_compressed=7, rx_drop=4, rx_errs=3, rx_fifo=5, rx_frame=6,"
                + " rx_multicast=8, rx_packets=2, tx_bytes=9, tx_carrier=15, tx_colls=14,"
                + " tx_compressed=16, tx_drop=12, tx_errs=11, tx_fifo=13, tx_packets=10}");
  }

  @Test
  void all_of_it_is_told_at_once() {
    assertThat(map("all_status"))
        .containsOnlyKeys(
            "cpuinfo",
            "cpustats",
            "diskstats",
            "diskusage",
            "loadavg",
            "meminfo",
            "netdev",
            "netstats",
            "uptime",
            "vmstats",
            "w");
  }

  @Test
  void options_choose_what_is_told() {
    FixedMinion choosing =
        new FixedMinion(
            Map.of(
                "status.loadavg.custom", List.of("1-min", "nosuch"),
                "status.nosuch.custom", List.of("x"),
                "status.custom", List.of("x")),
            Map.of(),
            Map.of());
    Map<?, ?> chosen = (Map<?, ?>) choosing.call("status.custom", List.of(), Map.of());
    assertThat(chosen.get("1-min")).isInstanceOf(Double.class);
    assertThat(chosen.get("nosuch")).isEqualTo("UNKNOWN");
    assertThat(chosen).hasSize(2);
    assertThat(map("custom")).isEmpty();
  }

  @Test
  void a_master_is_connected_when_the_kernel_lists_a_connection() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FixedMinion near =
          new FixedMinion(Map.of("publish_port", (long) server.getLocalPort()), Map.of(), Map.of());
      assertThat(near.call("status.master", List.of("127.0.0.1"), Map.of())).isEqualTo(false);
      try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
        assertThat(client.isConnected()).isTrue();
        assertThat(near.call("status.master", List.of("127.0.0.1"), Map.of())).isEqualTo(true);
      }
      assertThat(near.call("status.master", List.of(), Map.of())).isNull();
    }
  }

  @Test
  void an_address_of_ipv6_is_found_among_connections() throws IOException {
    Files.createDirectories(folder.resolve("net"));
    Files.writeString(
        folder.resolve("net/tcp6"),
        """
          sl  local_address  remote_address  st
           0: 00000000000000000000000001000000:B1A2 00000000000000000000000001000000:1199 01 0
        """);
    Connections connections = new Connections(new KernelFiles(folder));
    byte[] one = new byte[16];
    one[15] = 1;
    InetAddress local = InetAddress.getByAddress(one);
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    assertThat(connections.isConnected(local, 4505)).isTrue();
    assertThat(connections.isConnected(local, 4506)).isFalse();
    assertThat(connections.isConnected(other, 4505)).isFalse();
  }

  @Test
  void a_master_answers_a_ping_in_clear() {
    try (Transport transport = new ZeroMqTransport();
        Transport.RequestServer server =
            transport.serveRequests(
                new Transport.Address("127.0.0.1", 0),
                SocketOptions.DEFAULT,
                request -> request.reply(request.body()))) {
      FixedMinion near =
          new FixedMinion(
              Map.of("master_port", (long) server.address().port()), Map.of(), Map.of());
      assertThat(near.call("status.ping_master", List.of("127.0.0.1"), Map.of())).isEqualTo(true);
    }
    assertThat(call("ping_master", "")).isEqualTo(false);
    assertThat(call("proxy_reconnect", "x")).isEqualTo(false);
  }
}
