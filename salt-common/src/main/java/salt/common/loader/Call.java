package salt.common.loader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One call of one function: what it belongs to, and what it reports beside its result.
 *
 * <p>Salt keeps the same in {@code __context__} and {@code __pub_*}. Thread-safe: a job is ended
 * from another thread than it runs on.
 */
public final class Call {
  private final String fun;
  private final Map<String, Object> publication;
  private final Set<ProcessHandle> processes = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Integer> retcode = new AtomicReference<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final Queue<Runnable> endings = new ConcurrentLinkedQueue<>();
  private final Runnable onStart;
  private volatile boolean forced;
  private volatile boolean left;

  /**
   * A call of {@code fun}.
   *
   * @param publication the job map as published ({@code jid}, {@code user}, {@code tgt}, …); empty
   *     when no job stands behind the call
   */
  public Call(String fun, Map<String, Object> publication) {
    this(fun, publication, () -> {});
  }

  /**
   * A call of {@code fun} whose child processes are kept account of.
   *
   * @param onStart called when one more of {@link #processes} runs
   */
  public Call(String fun, Map<String, Object> publication, Runnable onStart) {
    this.fun = fun;
    this.onStart = onStart;
    this.publication = Collections.unmodifiableMap(new LinkedHashMap<>(publication));
  }

  /** The function's full name, such as {@code cmd.run}. */
  public String fun() {
    return fun;
  }

  /** The job map as published; empty when no job stands behind the call. */
  public Map<String, Object> publication() {
    return publication;
  }

  /** Sets the exit code that the job returns, as {@code cmd.run} does with its command's. */
  public void retcode(int code) {
    retcode.set(code);
  }

  /** The exit code that the function set; null when it set none. */
  public Integer retcode() {
    return retcode.get();
  }

  /** Ties a child process to this call, so that killing the job kills it and its children. */
  public void started(ProcessHandle process) {
    processes.add(process);
    if (cancelled()) {
      destroy(process, true);
    }
    onStart.run();
  }

  /** Says that the process has ended. */
  public void ended(ProcessHandle process) {
    processes.remove(process);
  }

  /** The child processes that run for this call. */
  public List<ProcessHandle> processes() {
    return List.copyOf(processes);
  }

  /** Whether the job was told to end; a function that works in steps looks between them. */
  public boolean cancelled() {
    return cancelled.getCount() == 0;
  }

  /**
   * Waits, but no longer than until the job is told to end.
   *
   * @return whether it may go on: false when it was told to end
   */
  public boolean pause(Duration time) throws InterruptedException {
    return !cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Says what ends a wait of the function when the job is told to end. It runs on another thread,
   * at most once; at once when the job was told before.
   */
  public void whenCancelled(Runnable ending) {
    endings.add(ending);
    if (cancelled() && endings.remove(ending)) {
      ending.run();
    }
  }

  /** Whether the job was told to end at once: its child processes are not waited for. */
  public boolean forced() {
    return forced;
  }

  /**
   * Says that the minion ends, and the call's child processes are to go on without it. Whoever
   * waits for one then throws {@link CallLeft}.
   */
  public void leave() {
    left = true;
  }

  /** Whether the child processes are to be left alone. */
  public boolean left() {
    return left;
  }

  /** Ends the call's child processes and marks it cancelled; {@code forcibly} sends SIGKILL. */
  public void cancel(boolean forcibly) {
    if (forcibly) {
      forced = true;
    }
    cancelled.countDown();
    processes.forEach(process -> destroy(process, forcibly));
    for (Runnable ending = endings.poll(); ending != null; ending = endings.poll()) {
      ending.run();
    }
  }

  /** The parent first: a shell must not go on with its next command. */
  private static void destroy(ProcessHandle process, boolean forcibly) {
    List<ProcessHandle> family = new ArrayList<>(List.of(process));
    family.addAll(process.descendants().toList());
    for (ProcessHandle one : family) {
      if (forcibly) {
        one.destroyForcibly();
      } else {
        one.destroy();
      }
    }
  }
}
