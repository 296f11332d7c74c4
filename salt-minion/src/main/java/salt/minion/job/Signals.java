package salt.minion.job;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends signals that Java does not know. */
final class Signals {
  private static final Logger log = LoggerFactory.getLogger(Signals.class);
  private static final int PATIENCE_SECONDS = 5;

  private Signals() {}

  /** Sends a signal to processes; one that has ended meanwhile is passed over. */
  static void send(int signal, List<ProcessHandle> processes) {
    if (processes.isEmpty()) {
      return;
    }
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "kill -\"$@\"", "sh", String.valueOf(signal)));
    processes.forEach(process -> command.add(String.valueOf(process.pid())));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      if (!builder.start().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("signal {} was not sent in time", signal);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.warn("signal {} could not be sent: {}", signal, e.getMessage());
    }
  }
}
