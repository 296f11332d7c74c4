package salt.common.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import salt.common.config.ConfigException;
import salt.common.config.Options;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DaemonLoggingTest {
  @TempDir Path folder;

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  private DaemonLogging start(Map<String, Object> options) {
    context.setMDCAdapter(new LogbackMDCAdapter());
    DaemonLogging logging =
        new DaemonLogging(context, new PrintStream(console, true, StandardCharsets.UTF_8));
    logging.start(LogSettings.of(Options.of(options)), true);
    return logging;
  }

  private Map<String, Object> options(String logFile) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("log_file", logFile);
    options.put("log_fmt_logfile", "%(levelname)s %(name)s %(message)s");
    return options;
  }

  @Test
  void console_and_file_have_their_own_levels_and_formats() throws IOException {
    Path file = folder.resolve("deep/master");
    Map<String, Object> options = options(file.toString());
    options.put("log_level_logfile", "debug");
    try (DaemonLogging logging = start(options)) {
      Logger logger = context.getLogger("salt.master");
      logger.debug("small {}", 1);
      logger.warn("great");
    }
    assertThat(console.toString(StandardCharsets.UTF_8)).isEqualTo("[WARNING ] great\n");
    assertThat(file).hasContent("DEBUG salt.master small 1\nWARNING salt.master great");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void a_single_logger_can_be_more_or_less_talkative() {
    Map<String, Object> options = options("");
    options.put("log_level", "debug");
    options.put("log_granular_levels", Map.of("salt.quiet", "error"));
    try (DaemonLogging logging = start(options)) {
      context.getLogger("salt.quiet.part").warn("hidden");
      context.getLogger("salt.other").debug("shown");
    }
    assertThat(console.toString(StandardCharsets.UTF_8)).isEqualTo("[DEBUG   ] shown\n");
  }

  @Test
  void only_critical_errors_pass_level_critical() {
    Map<String, Object> options = options("");
    options.put("log_level", "critical");
    try (DaemonLogging logging = start(options)) {
      context.getLogger("a").error("plain");
      context
          .getLogger("a")
          .error(new BasicMarkerFactory().getMarker(LogLevel.CRITICAL_MARKER), "grave");
    }
    assertThat(console.toString(StandardCharsets.UTF_8)).isEqualTo("[CRITICAL] grave\n");
  }

  @Test
  void a_file_that_was_moved_away_is_started_anew() throws IOException {
    Path file = folder.resolve("minion");
    try (DaemonLogging logging = start(options(file.toString()))) {
      Logger logger = context.getLogger("a");
      logger.error("one");
      Files.move(file, folder.resolve("minion.1"));
      logger.error("two");
    }
    assertThat(folder.resolve("minion.1")).hasContent("ERROR a one");
    assertThat(file).hasContent("ERROR a two");
  }

  @Test
  void a_stack_trace_follows_its_line() throws IOException {
    Path file = folder.resolve("log");
    try (DaemonLogging logging = start(options(file.toString()))) {
      context.getLogger("a").error("broken", new IllegalStateException("cause"));
    }
    assertThat(Files.readAllLines(file))
        .startsWith("ERROR a broken", "java.lang.IllegalStateException: cause");
  }

  @Test
  void a_file_that_cannot_be_opened_is_told_on_the_console() throws IOException {
    Path file = Files.createFile(folder.resolve("plain"));
    try (DaemonLogging logging = start(options(file.resolve("log").toString()))) {
      context.getLogger("a").error("still here");
    }
    assertThat(console.toString(StandardCharsets.UTF_8))
        .contains("[WARNING ] Cannot open the log file")
        .contains("[ERROR   ] still here");
  }

  @Test
  void a_syslog_server_gets_priority_and_line() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(10_000);
      String address = "udp://127.0.0.1:" + server.getLocalPort() + "/LOG_DAEMON";
      try (DaemonLogging logging = start(options(address))) {
        context.getLogger("a").error("to the server");
      }
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      server.receive(packet);
      assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
          .isEqualTo("<27>ERROR a to the server\0");
    }
  }

  @Test
  void wrong_settings_are_named() {
    assertThatThrownBy(() -> start(Map.of("log_level", "loud")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("log_level: there is no log level \"loud\", expected one of all,");
    assertThatThrownBy(() -> start(Map.of("log_fmt_console", "%(nothing)s")))
        .hasMessage("log_fmt_console: unknown field %(nothing)s");
    assertThatThrownBy(() -> start(options("udp://127.0.0.1/LOG_NOBODY")))
        .hasMessage("log_file: there is no syslog facility LOG_NOBODY");
    assertThatThrownBy(() -> start(options("file:///dev/log")))
        .hasMessageContaining("cannot be used");
  }
}
