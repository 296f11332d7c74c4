package salt.common.daemon;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that a daemon is ready, where systemd has asked for it ({@code Type=notify}): when
 * {@code NOTIFY_SOCKET} is set, {@code systemd-notify --ready} is called. Never fails; a problem is
 * logged.
 */
public final class ReadyNotice {
  private static final Logger LOG = LoggerFactory.getLogger(ReadyNotice.class);
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final int LIMIT_SECONDS = 10;

  private final Map<String, String> environment;
  private final List<String> command;

  private ReadyNotice(Map<String, String> environment, List<String> command) {
    this.environment = environment;
    this.command = command;
  }

  /** The notice of this process. */
  public static ReadyNotice ofThisProcess() {
    // Without the process id systemd would not take a message from a child.
    long pid = ProcessHandle.current().pid();
    return new ReadyNotice(System.getenv(), List.of("systemd-notify", "--ready", "--pid=" + pid));
  }

  static ReadyNotice of(Map<String, String> environment, String... command) {
    return new ReadyNotice(environment, List.of(command));
  }

  /** Says it. Does nothing when nobody has asked. */
  public void send() {
    if (environment.getOrDefault(SOCKET, "").isEmpty()) {
      return;
    }
    ProcessBuilder notify = new ProcessBuilder(command);
    notify.environment().put(SOCKET, environment.get(SOCKET));
    notify.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    notify.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = notify.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        LOG.warn("{} does not end; systemd may not know that we are ready", command.get(0));
      } else if (process.exitValue() != 0) {
        LOG.warn("{} failed with exit code {}", command.get(0), process.exitValue());
      }
    } catch (IOException e) {
      LOG.warn("systemd is not told that we are ready: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
