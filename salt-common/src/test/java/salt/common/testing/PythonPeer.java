package salt.common.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A script of {@code src/test/resources/interop} running on the Python that has real Salt. */
public final class PythonPeer implements AutoCloseable {
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;

  /** Starts {@code script} with {@code arguments}. */
  public PythonPeer(String script, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(RealSalt.program("python").toString(), path(script)));
    command.addAll(List.of(arguments));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = new Thread(this::read, "python-peer");
    reader.start();
  }

  private static String path(String script) {
    try {
      return Path.of(PythonPeer.class.getResource("/interop/" + script).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(script, e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("its output broke: " + e.getMessage());
    }
  }

  /** The next line it writes. */
  public String line() throws InterruptedException {
    String line = lines.poll(30, TimeUnit.SECONDS);
    assertThat(line).as("the peer says something").isNotNull();
    return line;
  }

  /** Whether it has said {@code line}; earlier lines are forgotten. */
  public boolean said(String line) {
    return lines.removeIf(line::equals);
  }

  /** Writes a line to its standard input. */
  public void tell(String line) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).write(line + "\n");
    process.outputWriter(StandardCharsets.UTF_8).flush();
  }

  /** Waits for its end by itself, which must be without an error. */
  public void finishes() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the peer ends").isTrue();
    reader.join();
    assertThat(process.exitValue()).as("what it said: " + lines).isZero();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    reader.join();
  }
}
