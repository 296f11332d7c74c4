package salt.minion.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.SignInResult;
import salt.common.config.Options;
import salt.common.crypto.CryptoException;
import salt.common.transport.TransportException;

/**
 * Signs in at one master until it accepts, waiting as the options {@code acceptance_wait_time},
 * {@code acceptance_wait_time_max}, {@code rejected_retry} and {@code auth_*} say.
 *
 * <p>A bad answer never ends the minion: whoever can forge one could stop all minions. What ends it
 * is a rejection that is signed by a known master, and a fingerprint that the operator demanded.
 */
final class SignInLoop {
  private static final Logger log = LoggerFactory.getLogger(SignInLoop.class);

  private final Options options;
  private final String master;
  private final Pause pause;

  /**
   * Waits for {@code master}.
   *
   * @param pause waits between attempts
   */
  SignInLoop(Options options, String master, Pause pause) {
    this.options = options;
    this.master = master;
    this.pause = pause;
  }

  /** How it ended: accepted, to be closed, or to end with an exit code. */
  record End(Optional<SignInResult.Accepted> accepted, int exitCode) {}

  End run(Supplier<SignInResult> attempt) throws InterruptedException {
    Duration wait = seconds("acceptance_wait_time");
    while (true) {
      SignInResult result = attempt(attempt);
      if (result instanceof SignInResult.Accepted accepted) {
        log.info("signed in at the master at {}", master);
        return new End(Optional.of(accepted), 0);
      }
      int exitCode = exitCode(result);
      if (exitCode != 0) {
        pause.endsIn(Duration.ofSeconds(ThreadLocalRandom.current().nextInt(10, 20)));
        return new End(Optional.empty(), exitCode);
      }
      if (pause.endsIn(wait)) {
        return new End(Optional.empty(), 0);
      }
      wait = longer(wait);
    }
  }

  /** Null when there was no answer. */
  SignInResult attempt(Supplier<SignInResult> attempt) {
    try {
      log.debug("signing in at the master at {} as {}", master, options.text("id"));
      SignInResult result = attempt.get();
      if (result instanceof SignInResult.Pending) {
        log.error(
            "The master at {} has not accepted this minion's key yet: accept it with salt-key -a {}",
            master,
            options.text("id"));
      } else if (result instanceof SignInResult.Refused refused
          && refused.why() == SignInResult.Why.MASTER_KEY_CHANGED) {
        log.error(
            "Signing in at the master at {} failed: {}. If its key was changed on purpose, delete"
                + " that file and restart this minion",
            master,
            refused.reason());
      } else if (!(result instanceof SignInResult.Accepted)) {
        log.error("Signing in at the master at {} failed: {}", master, result.describe());
      }
      return result;
    } catch (TransportException e) {
      log.error(
          "The master at {} does not answer: is it running and reachable? ({})",
          master,
          e.getMessage());
      return null;
    } catch (CryptoException e) {
      log.error("Signing in at the master at {} failed: {}", master, e.getMessage());
      return null;
    }
  }

  private int exitCode(SignInResult result) {
    if (result instanceof SignInResult.Rejected && !options.flag("rejected_retry")) {
      log.error(
          "The master at {} rejected this minion's key: delete it there (salt-key -d {}) and"
              + " restart this minion, or set rejected_retry",
          master,
          options.text("id"));
      return 77;
    }
    boolean fingerprint =
        result instanceof SignInResult.Refused refused
            && refused.why() == SignInResult.Why.FINGERPRINT;
    return fingerprint ? 42 : 0;
  }

  /** Twice as long, up to {@code acceptance_wait_time_max} where that is set. */
  private Duration longer(Duration wait) {
    Duration most = seconds("acceptance_wait_time_max");
    if (wait.compareTo(most) >= 0) {
      return wait;
    }
    Duration next = wait.multipliedBy(2);
    return next.compareTo(most) > 0 ? most : next;
  }

  private Duration seconds(String option) {
    return Duration.ofMillis((long) (1000 * options.number(option)));
  }
}
