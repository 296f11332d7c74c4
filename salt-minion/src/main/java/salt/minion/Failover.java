package salt.minion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.minion.module.MinionContext;

/**
 * Uses one of several masters at a time ({@code master_type: failover}): the first that takes this
 * minion, until it is found lost at a look every {@code master_alive_interval} seconds; then the
 * next. With {@code master_failback} it returns to the first once that takes it again.
 *
 * <p>Without {@code master_alive_interval} nobody looks, and the minion stays with its master, as
 * real Salt does.
 */
final class Failover {
  private static final Logger log = LoggerFactory.getLogger(Failover.class);

  private final Options options;
  private final List<MinionSession> masters;
  private final CountDownLatch closed;

  /**
   * Chooses among {@code masters}, the preferred first.
   *
   * @param closed counted down when the minion ends
   */
  Failover(Options options, List<MinionSession> masters, CountDownLatch closed) {
    this.options = options;
    this.masters = List.copyOf(masters);
    this.closed = closed;
  }

  /** Goes on until the minion ends; then 0. */
  int run() throws InterruptedException {
    List<MinionSession> order = masters;
    while (closed.getCount() > 0) {
      MinionSession current = openOne(order);
      if (current == null) {
        return 0;
      }
      order = watch(current);
      if (!order.isEmpty()) {
        current.leave();
      }
    }
    return 0;
  }

  /** Null when the minion ends before a master took it. */
  private MinionSession openOne(List<MinionSession> order) throws InterruptedException {
    Duration wait = seconds("acceptance_wait_time");
    int tries = options.integer("master_tries");
    for (int attempt = 1; ; attempt++) {
      for (MinionSession session : order) {
        if (closed.getCount() == 0) {
          return null;
        } else if (session.tryOpen()) {
          log.info("the master at {} is used now", name(session));
          return session;
        }
        log.info("Master {} could not be reached, trying next master (if any)", name(session));
      }
      if (tries > 0 && attempt % tries == 0) {
        log.error(
            "No master could be reached or all masters denied the minion's connection attempt.");
        wait = longer(wait);
      }
      if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return null;
      }
    }
  }

  private Duration longer(Duration wait) {
    Duration most = seconds("acceptance_wait_time_max");
    return wait.compareTo(most) < 0 ? wait.plus(seconds("acceptance_wait_time")) : wait;
  }

  /** Waits for a reason to leave; returns whom to try then, nobody when the minion ends. */
  private List<MinionSession> watch(MinionSession current) throws InterruptedException {
    Duration alive = seconds("master_alive_interval");
    Duration failback = seconds("master_failback_interval");
    failback = failback.isZero() ? alive : failback;
    boolean goesBack = options.flag("master_failback") && current != masters.get(0);
    if (alive.isZero()) {
      closed.await();
      return List.of();
    }
    long lookedBack = System.nanoTime();
    while (!closed.await(alive.toMillis(), TimeUnit.MILLISECONDS)) {
      if (!current.isConnected()) {
        log.warn("Connection to master {} lost: trying the next one", name(current));
        return lastOf(current);
      }
      boolean due = System.nanoTime() - lookedBack >= failback.toNanos();
      if (goesBack && due) {
        lookedBack = System.nanoTime();
        if (masters.get(0).isTaken()) {
          log.info("going back to the first master, {}", name(masters.get(0)));
          return masters;
        }
      }
    }
    return List.of();
  }

  private List<MinionSession> lastOf(MinionSession lost) {
    List<MinionSession> order = new ArrayList<>(masters);
    order.remove(lost);
    order.add(lost);
    return order;
  }

  private static String name(MinionSession session) {
    return session.master().map(MinionContext.MasterLink::address).orElse("");
  }

  private Duration seconds(String option) {
    return Duration.ofMillis((long) (1000 * options.number(option)));
  }
}
