package salt.common.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * How far a call and those it makes have come: their child processes, and whether they may go on.
 */
final class CallLife {
  final Set<ProcessHandle> processes = ConcurrentHashMap.newKeySet();
  final CountDownLatch cancelled = new CountDownLatch(1);
  private final Queue<Runnable> endings = new ConcurrentLinkedQueue<>();
  private final Runnable onStart;
  volatile boolean forced;
  volatile boolean left;

  /** A life; {@code onStart} is called when one more process runs. */
  CallLife(Runnable onStart) {
    this.onStart = onStart;
  }

  void started(ProcessHandle process) {
    processes.add(process);
    if (cancelled()) {
      destroy(process, true);
    }
    onStart.run();
  }

  boolean cancelled() {
    return cancelled.getCount() == 0;
  }

  void whenCancelled(Runnable ending) {
    endings.add(ending);
    if (cancelled() && endings.remove(ending)) {
      ending.run();
    }
  }

  void cancel(boolean forcibly) {
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
