package salt.minion.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.CallLeft;

/**
 * Runs programs and waits for them and for all who hold their output open.
 *
 * <p>Each program has a session of its own: when its time is over, its job is killed or the waiting
 * thread interrupted, it is killed with its children. Thread-safe; its threads are daemons that end
 * when idle.
 */
public final class ProcessRunner {
  /** How much of each output is kept unless said otherwise: 256 MB, less on a small heap. */
  public static final long MOST_OUTPUT = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration FOREVER = Duration.ofDays(36500);

  private final long mostOutput;
  private final ExecutorService streams;
  private final OutputPipes pipes = new OutputPipes();

  /** A runner that keeps {@link #MOST_OUTPUT} of each output. */
  public ProcessRunner() {
    this(MOST_OUTPUT);
  }

  /** A runner that keeps {@code mostOutput} bytes of each output. */
  public ProcessRunner(long mostOutput) {
    this.mostOutput = mostOutput;
    AtomicInteger number = new AtomicInteger();
    this.streams =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "process-stream-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs a program to its end.
   *
   * @param call whose children it and its children are
   * @throws LaunchFailure when it could not be started
   * @throws CallException when the waiting thread was interrupted
   * @throws CallLeft when the minion ended meanwhile; the program goes on
   */
  public Finished run(Command command, Call call) throws LaunchFailure {
    ProcessBuilder builder = builder(command).redirectErrorStream(command.mergeErrors());
    if (command.stdin() == null) {
      builder.redirectInput(new File("/dev/null"));
    }
    Running running = start(builder, command);
    call.started(running.process.toHandle());
    try {
      boolean timedOut = !running.await(call);
      return running.finished(timedOut);
    } catch (InterruptedException e) {
      if (call.left()) {
        throw new CallLeft(running.process.pid());
      }
      running.kill();
      Thread.currentThread().interrupt();
      throw new CallException(
          CallException.Kind.EXECUTION, "interrupted while waiting for a command", e);
    } finally {
      call.ended(running.process.toHandle());
    }
  }

  private Running start(ProcessBuilder builder, Command command) throws LaunchFailure {
    List<OutputPipe> opened = new ArrayList<>();
    boolean started = false;
    try {
      OutputPipe out = pipes.open();
      opened.add(out);
      builder.redirectOutput(out.file());
      if (!command.mergeErrors()) {
        OutputPipe err = pipes.open();
        opened.add(err);
        builder.redirectError(err.file());
      }
      Process process = start(builder, command.arguments().get(0));
      started = true;
      return new Running(process, command, opened);
    } catch (IOException e) {
      throw LaunchFailure.because("no pipe for the output: " + e.getMessage());
    } finally {
      if (!started) {
        opened.forEach(ProcessRunner::discard);
      }
    }
  }

  private static void discard(OutputPipe pipe) {
    try {
      pipe.discard();
    } catch (IOException e) {
      LOG.warn("an unused pipe can't be closed: {}", e.getMessage());
    }
  }

  /**
   * Starts a program that goes on by itself, with neither input nor output.
   *
   * @return its process id
   * @throws LaunchFailure when it could not be started
   */
  public long runInBackground(Command command) throws LaunchFailure {
    ProcessBuilder builder =
        builder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    return start(builder, command.arguments().get(0)).pid();
  }

  private static ProcessBuilder builder(Command command) throws LaunchFailure {
    String program = command.arguments().get(0);
    Executables.check(program, command.directory(), command.environment());
    ProcessBuilder builder = new ProcessBuilder(Launcher.arguments(command));
    builder.directory(command.directory().toFile());
    builder.environment().clear();
    try {
      builder.environment().putAll(command.environment());
    } catch (IllegalArgumentException e) {
      throw LaunchFailure.because("illegal environment variable name");
    }
    return builder;
  }

  private static Process start(ProcessBuilder builder, String program) throws LaunchFailure {
    try {
      return builder.start();
    } catch (IOException e) {
      throw LaunchFailure.of(e, program);
    }
  }

  /** A process, and the threads that carry its input and output. */
  private final class Running {
    private final Process process;
    private final long deadline;
    private final BoundedOutput stdout = new BoundedOutput(mostOutput);
    private final BoundedOutput stderr = new BoundedOutput(mostOutput);
    private final List<OutputPipe> opened;
    private final List<Future<?>> readers = new ArrayList<>();

    Running(Process process, Command command, List<OutputPipe> opened) throws IOException {
      this.process = process;
      this.opened = opened;
      Duration timeout = command.timeout() == null ? FOREVER : command.timeout();
      this.deadline = System.nanoTime() + timeout.toNanos();
      for (OutputPipe pipe : opened) {
        pipe.handOver();
        BoundedOutput output = readers.isEmpty() ? stdout : stderr;
        readers.add(carry(pipe, output));
      }
      if (command.stdin() != null) {
        write(command.stdin().toArray());
      }
    }

    /** Reads on when nobody wants the output any more: a writer must not wait for a reader. */
    private Future<?> carry(OutputPipe pipe, BoundedOutput output) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      streams.execute(
          () -> {
            try (pipe) {
              pipe.readInto(output);
              done.complete(null);
              pipe.readOn();
            } catch (IOException e) {
              LOG.debug("the output of process {} ended badly", process.pid(), e);
              done.completeExceptionally(e);
            }
          });
      return done;
    }

    private void write(byte[] input) {
      OutputStream stdin = process.getOutputStream();
      streams.execute(
          () -> {
            try (stdin) {
              stdin.write(input);
            } catch (IOException e) {
              // A program need not read its input; one that ended closes it under us.
              LOG.trace("process {} did not take its whole input", process.pid(), e);
            }
          });
    }

    /** Waits for the end of the output, then of the process; false when the time was over. */
    boolean await(Call call) throws InterruptedException {
      boolean killed = false;
      while (!endedWhileTold(call)) {
        if (call.forced() && !killed) {
          kill();
          killed = true;
        } else if (System.nanoTime() - deadline > 0) {
          kill();
          return false;
        }
      }
      return true;
    }

    /** A program that was asked to end is waited for: it may have something to clean up. */
    private boolean endedWhileTold(Call call) throws InterruptedException {
      try {
        return ended();
      } catch (InterruptedException e) {
        if (call.cancelled() && !call.left()) {
          return false;
        }
        throw e;
      }
    }

    private boolean ended() throws InterruptedException {
      long wait = Math.max(1, Math.min(LOOK.toNanos(), deadline - System.nanoTime()));
      for (Future<?> reader : readers) {
        if (!reader.isDone() && !ended(reader, wait)) {
          return false;
        }
      }
      return process.waitFor(wait, TimeUnit.NANOSECONDS);
    }

    private boolean ended(Future<?> reader, long wait) throws InterruptedException {
      try {
        reader.get(wait, TimeUnit.NANOSECONDS);
      } catch (TimeoutException notYet) {
        return false;
      } catch (ExecutionException e) {
        LOG.debug("the output of process {} could not be read to its end", process.pid(), e);
      }
      return true;
    }

    /** Kills the process and its children; what escaped into another session is let go. */
    void kill() {
      killSession();
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        long patience = System.nanoTime() + GRACE.toNanos();
        process.waitFor(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        for (int i = 0; i < readers.size(); i++) {
          if (!ended(readers.get(i), Math.max(1, patience - System.nanoTime()))) {
            opened.get(i).abandon();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        LOG.debug("the output of process {} can't be let go", process.pid(), e);
      }
    }

    private void killSession() {
      ProcessBuilder kill =
          new ProcessBuilder("/bin/sh", "-c", "kill -s KILL -- -" + process.pid())
              .redirectInput(new File("/dev/null"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      try {
        kill.start().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        LOG.warn("can't kill the children of process {}: {}", process.pid(), e.getMessage());
      }
    }

    Finished finished(boolean timedOut) {
      int exitCode = process.isAlive() ? 0 : process.exitValue();
      return new Finished(process.pid(), exitCode, stdout.content(), stderr.content(), timedOut);
    }
  }
}
