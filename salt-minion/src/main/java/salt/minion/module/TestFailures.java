package salt.minion.module;

import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.Argument.Positional;
import salt.common.loader.Call;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.loader.PythonError;
import salt.common.loader.PythonType;
import salt.common.payload.PythonText;

/** Functions that fail, wait and call others. */
@ExecutionModule("test")
final class TestFailures {
  private static final Logger LOG = LoggerFactory.getLogger(TestFailures.class);

  /** More seconds than anyone waits. */
  private static final BigInteger LONGEST = BigInteger.valueOf(Integer.MAX_VALUE);

  private final MinionContext context;

  TestFailures(MinionContext context) {
    this.context = context;
  }

  /**
   * Calls another function of this minion and returns what it returns.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.cross_test test.echo '[hello]'
   * }</pre>
   *
   * @param func the function's full name
   * @param args its arguments
   */
  @Exposed
  Object crossTest(String func, @Default("null") Object args, Call call) {
    return callDirectly(func, listed(args), Map.of(), call);
  }

  private static List<?> listed(Object args) {
    if (args instanceof List<?> list) {
      return list;
    } else if (args instanceof String text) {
      return text.codePoints().mapToObj(Character::toString).toList();
    } else if (args == null) {
      return List.of();
    }
    throw new PythonError(
        "TypeError", "Value after * must be an iterable, not " + PythonType.of(args));
  }

  private Object callDirectly(String func, List<?> args, Map<String, ?> kwargs, Call call) {
    if (context.functions().find(func).isEmpty()) {
      throw new PythonError("KeyError", PythonText.repr(func));
    }
    return context.functions().call(func, args, kwargs, call);
  }

  private static Map<String, Object> clean(Map<String, Object> kwargs) {
    Map<String, Object> clean = new LinkedHashMap<>(kwargs);
    clean.keySet().removeIf(name -> name.startsWith("__"));
    return clean;
  }

  /**
   * Sets the return code of the call and returns true.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.retcode 3
   * }</pre>
   */
  @Exposed
  boolean retcode(@Default("42") int code, Call call) {
    call.retcode(code);
    return true;
  }

  /**
   * Says that this function has moved to {@code cmd.tty}.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.tty pts0 hello
   * }</pre>
   */
  @Exposed
  String tty(@Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    return "ERROR: This function has been moved to cmd.tty";
  }

  /**
   * Calls a function and returns nothing when it fails, or what it failed with. As in Salt, what a
   * job adds to the keyword arguments goes along, so the function has to take any.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.try test.exception return_try_exception=True message=broken
   * }</pre>
   *
   * @param module the function's full name; its arguments follow by name
   * @param returnTryException whether to return what it failed with
   */
  @Exposed(name = "try")
  Object attempt(
      String module,
      @Default("false") boolean returnTryException,
      @Keywords Map<String, Object> kwargs,
      Call call) {
    try {
      context.functions().find(module).ifPresent(function -> function.checkKeywords(kwargs));
      return callDirectly(module, List.of(), kwargs, call);
    } catch (RuntimeException e) {
      return returnTryException ? RaisedText.repr(e) : null;
    }
  }

  /**
   * Fails when it is given something that is not true.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.assertion 0
   * }</pre>
   */
  @Exposed
  void assertion(boolean assertion) {
    if (!assertion) {
      throw new PythonError("AssertionError", "");
    }
  }

  /**
   * Fails with a message.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.exception 'the disk is full'
   * }</pre>
   */
  @Exposed
  void exception(@Default("Test Exception") Object message) {
    throw new PythonError("Exception", PythonText.str(message));
  }

  /**
   * Fails with one of Python's or Salt's exceptions; returns false when there is none of that name.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.raise_exception KeyError color
   * salt '*' test.raise_exception salt.exceptions.CommandExecutionError "no such disk"
   * }</pre>
   *
   * @param name such as {@code ValueError} or {@code salt.exceptions.SaltInvocationError}
   * @param args what the exception is made with
   */
  @Exposed
  boolean raiseException(
      String name, @Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    new RaisedByName()
        .make(name, args, clean(kwargs))
        .ifPresent(
            exception -> {
              throw exception;
            });
    LOG.error("there is no exception named {}", name);
    return false;
  }

  /**
   * Writes a warning about something outdated to the log and returns true.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.deprecation_warning
   * }</pre>
   */
  @Exposed
  boolean deprecationWarning() {
    LOG.warn("test.deprecation_warning was called: nothing here is outdated");
    return true;
  }

  /**
   * Returns after some seconds; ends early when its job is killed.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.sleep 5
   * }</pre>
   *
   * @param length whole seconds
   */
  @Exposed
  boolean sleep(Object length, Call call) throws InterruptedException {
    BigInteger seconds = PythonInteger.of(length);
    if (seconds.signum() < 0) {
      throw new PythonError("ValueError", "sleep length must be non-negative");
    }
    call.pause(Duration.ofSeconds(seconds.min(LONGEST).longValue()));
    return true;
  }

  /**
   * Returns after a random number of seconds.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.rand_sleep 30
   * }</pre>
   *
   * @param max the longest time, in seconds
   */
  @Exposed
  boolean randSleep(@Default("60") int max, Call call) throws InterruptedException {
    call.pause(Duration.ofSeconds(ThreadLocalRandom.current().nextInt(Math.max(max, 0) + 1)));
    return true;
  }
}
