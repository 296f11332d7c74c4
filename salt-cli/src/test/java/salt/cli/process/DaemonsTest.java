package salt.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.cli.minion.Jobs;
import salt.cli.minion.TestSite;
import salt.common.config.Options;
import salt.common.logging.CommandLoggingProvider;
import salt.common.payload.MessagePack;
import salt.common.transport.ZeroMqTransport;

/** The daemons as operators run them: each in a process of its own, ended by signals. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DaemonsTest {
  @TempDir Path directory;

  private final List<DaemonProcess> processes = new ArrayList<>();
  private TestSite site;
  private Options masterOptions;
  private Options minionOptions;

  @BeforeEach
  void configure() throws IOException {
    site = new TestSite(directory, new ZeroMqTransport());
    masterOptions = site.master("a", freePort(), freePort(), Map.of());
    minionOptions = site.minion("m1", "127.0.0.1:" + masterOptions.integer("ret_port"), Map.of());
  }

  @AfterEach
  void close() throws Exception {
    for (DaemonProcess process : processes) {
      process.close();
    }
    site.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private DaemonProcess start(Map<String, String> environment, String... words) throws IOException {
    Path output = directory.resolve("output" + processes.size());
    DaemonProcess process = DaemonProcess.start(output, environment, words);
    processes.add(process);
    return process;
  }

  private DaemonProcess startMaster(Map<String, String> environment) throws Exception {
    DaemonProcess master =
        start(environment, "salt-master", "-c", site.folder("a").toString(), "-l", "info");
    Path bus = masterOptions.path("sock_dir").resolve("master_event_pull.ipc");
    awaitStart(master, bus);
    return master;
  }

  private void awaitStart(DaemonProcess daemon, Path sign) throws IOException {
    TestSite.until(
        sign + " is there or the process has ended", () -> Files.exists(sign) || !daemon.isAlive());
    assertThat(daemon.isAlive()).as(daemon.output()).isTrue();
  }

  private DaemonProcess startMinion(Map<String, String> environment) throws IOException {
    return start(environment, "salt-minion", "-c", site.folder("m1").toString(), "-l", "info");
  }

  @Test
  void daemons_say_when_they_are_ready_run_a_job_and_end_with_0_by_SIGTERM() throws Exception {
    Map<String, String> environment = notifiedBy(directory.resolve("notified"));
    DaemonProcess master = startMaster(environment);
    Path notified = directory.resolve("notified." + master.pid());
    awaitStart(master, notified);
    assertThat(notified).hasContent("--ready " + directory.resolve("systemd"));
    assertThat(masterOptions.path("pidfile")).hasContent(String.valueOf(master.pid()));
    TestSite.Events events = site.events(masterOptions);
    DaemonProcess minion = startMinion(environment);
    awaitStart(minion, directory.resolve("notified." + minion.pid()));
    events.next("salt/minion/m1/start");

    DaemonProcess salt =
        start(Map.of(), "salt", "-c", site.folder("a").toString(), "m1", "test.ping");
    assertThat(salt.awaitEnd()).as(salt.output()).isZero();
    assertThat(salt.output()).isEqualTo("m1:\n    True\n");
    assertThat(logOf("salt", "-c", site.folder("a").toString(), "m1", "test.ping"))
        .containsPattern("(?m)^\\[DEBUG   ] job \\d{20}: m1 returned, 0 minions are left$");

    assertThat(minion.terminate()).isZero();
    assertThat(minionOptions.path("pidfile")).doesNotExist();
    site.close(events);
    assertThat(master.terminate()).isZero();
    assertThat(masterOptions.path("pidfile")).doesNotExist();
  }

  /** What a command logs to the terminal with the logger that the launcher gives it. */
  private String logOf(String... words) throws Exception {
    List<String> chatty = new ArrayList<>(List.of(words));
    chatty.addAll(List.of("--log-level", "debug"));
    String logger = "-Dslf4j.provider=" + CommandLoggingProvider.class.getName();
    DaemonProcess command =
        start(Map.of("JDK_JAVA_OPTIONS", logger), chatty.toArray(String[]::new));
    assertThat(command.awaitEnd()).as(command.output()).isZero();
    return command.output();
  }

  /** A stand-in for systemd-notify, which writes what it is told into a file by the process id. */
  private Map<String, String> notifiedBy(Path file) throws IOException {
    Path programs = Files.createDirectories(directory.resolve("bin"));
    Path program = programs.resolve("systemd-notify");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$1 $NOTIFY_SOCKET" > %1$s.draft
        mv %1$s.draft %1$s.${2#--pid=}
        """
            .formatted(file));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> environment = new HashMap<>();
    environment.put("NOTIFY_SOCKET", directory.resolve("systemd").toString());
    environment.put("PATH", programs + ":" + System.getenv("PATH"));
    return environment;
  }

  @Test
  void what_daemons_promised_outlives_SIGKILL() throws Exception {
    DaemonProcess master = startMaster(Map.of());
    TestSite.Events events = site.events(masterOptions);
    DaemonProcess minion = startMinion(Map.of());
    events.next("salt/minion/m1/start");
    String last = site.publish(masterOptions, "m1", "test.echo", "kept");
    events.next("salt/job/" + last + "/ret/m1");
    master.kill();
    assertThat(Jobs.returns(masterOptions, last).get("m1")).containsEntry("return", "kept");
    assertThat(minion.terminate()).as("a minion without its master").isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_command_goes_on_without_the_minion_and_the_next_one_looks_after_it(boolean killed)
      throws Exception {
    startMaster(Map.of());
    TestSite.Events events = site.events(masterOptions);
    DaemonProcess first = startMinion(Map.of());
    events.next("salt/minion/m1/start");
    Path go = directory.resolve("go");
    Path done = directory.resolve("done");
    String line = "echo a; while [ ! -e %s ]; do echo x; sleep 0.1; done; echo after; touch %s";
    String jid = site.publish(masterOptions, "m1", "cmd.run", line.formatted(go, done));
    Path proc = minionOptions.path("cachedir").resolve("proc");
    TestSite.until("the job runs", () -> isWritten(proc.resolve(jid)));
    if (killed) {
      first.kill();
    } else {
      assertThat(first.terminate()).isZero();
    }

    startMinion(Map.of());
    events.next("salt/minion/m1/start");
    Map<?, ?> found =
        (Map<?, ?>) site.run(masterOptions, events, "m1", "saltutil.find_job", jid).get("return");
    assertThat(found.get("fun")).as("the job as the next minion sees it").isEqualTo("cmd.run");
    Files.createFile(go);
    assertThat(events.next("salt/job/" + jid + "/ret/m1").data())
        .containsEntry("success", false)
        .hasEntrySatisfying(
            "return",
            text ->
                assertThat((String) text)
                    .startsWith("ERROR: the minion was restarted while this job ran.")
                    .endsWith("after\n"));
    assertThat(done).exists();
    assertThat(site.run(masterOptions, events, "m1", "saltutil.find_job", jid))
        .containsEntry("return", Map.of());
    assertThat(proc.resolve(jid)).doesNotExist();
  }

  /** Whether the file of a job names a program. */
  private static boolean isWritten(Path file) {
    try {
      return Files.exists(file)
          && MessagePack.unpackMap(Files.readAllBytes(file)).get("resume") instanceof Map<?, ?> map
          && map.get("processes") instanceof List<?> programs
          && !programs.isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }
}
