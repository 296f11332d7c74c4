package salt.cli.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process, with what it prints in files, and all the processes it started. */
final class RunningProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String command;
  private final Process process;
  private final Path out;
  private final Path err;

  private RunningProgram(String command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a program; its output goes to files that begin with {@code files}. */
  static RunningProgram start(Path files, List<String> words) {
    Path out = Path.of(files + ".out");
    Path err = Path.of(files + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PYTHONWARNINGS", "ignore");
    try {
      return new RunningProgram(String.join(" ", words), builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + words, e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  String err() {
    return read(err);
  }

  /** Waits for its end; a program that takes longer is ended and fails the test. */
  Outcome await(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        close();
        throw new AssertionError("no end after " + limit + ": " + outcome(-1));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return outcome(process.exitValue());
  }

  private Outcome outcome(int code) {
    return new Outcome(command, code, read(out), read(err));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it and what it started at once; true when it is gone. */
  boolean kill() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    return all.isEmpty() && !process.isAlive();
  }

  /** Asks it to end, and ends it and what it started if it does not in time. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    process.destroy();
    try {
      process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      for (ProcessHandle one : all) {
        if (one.isAlive()) {
          one.destroyForcibly();
        }
      }
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
