package salt.common.loader;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One call of one function: what it belongs to, and what it reports beside its result.
 *
 * <p>Salt keeps the same in {@code __context__} and {@code __pub_*}. Thread-safe: a job is ended
 * from another thread than it runs on. Functions of a special kind get a call of their own kind.
 */
public class Call {
  private final String fun;
  private final Map<String, Object> publication;
  private final AtomicReference<Integer> retcode = new AtomicReference<>();
  private final CallLife life;

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
    this.life = new CallLife(onStart);
    this.publication = Collections.unmodifiableMap(new LinkedHashMap<>(publication));
  }

  /**
   * A call of {@code fun} that another call makes. It belongs to the same job, and shares all with
   * it but the exit code.
   */
  public Call(String fun, Call caller) {
    this.fun = fun;
    this.life = caller.life;
    this.publication = caller.publication;
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
    life.started(process);
  }

  /** Says that the process has ended. */
  public void ended(ProcessHandle process) {
    life.processes.remove(process);
  }

  /** The child processes that run for this call. */
  public List<ProcessHandle> processes() {
    return List.copyOf(life.processes);
  }

  /** Whether the job was told to end; a function that works in steps looks between them. */
  public boolean cancelled() {
    return life.cancelled();
  }

  /**
   * Waits, but no longer than until the job is told to end.
   *
   * @return whether it may go on: false when it was told to end
   */
  public boolean pause(Duration time) throws InterruptedException {
    return !life.cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Says what ends a wait of the function when the job is told to end. It runs on another thread,
   * at most once; at once when the job was told before.
   */
  public void whenCancelled(Runnable ending) {
    life.whenCancelled(ending);
  }

  /** Whether the job was told to end at once: its child processes are not waited for. */
  public boolean forced() {
    return life.forced;
  }

  /**
   * Says that the minion ends, and the call's child processes are to go on without it. Whoever
   * waits for one then throws {@link CallLeft}.
   */
  public void leave() {
    life.left = true;
  }

  /** Whether the child processes are to be left alone. */
  public boolean left() {
    return life.left;
  }

  /** Ends the call's child processes and marks it cancelled; {@code forcibly} sends SIGKILL. */
  public void cancel(boolean forcibly) {
    life.cancel(forcibly);
  }
}
