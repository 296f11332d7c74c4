package salt.master.runner;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.Argument.Positional;
import salt.common.loader.Call;
import salt.common.loader.Exposed;
import salt.common.loader.PythonError;
import salt.common.loader.PythonType;
import salt.common.loader.Runner;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;

/** Functions to try runners. */
@Runner("test")
final class TestRunner {
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "us",
          List.of(
              "foo", "bar", "baz", "qux", "quux", "quuz", "corge", "grault", "garply", "waldo",
              "fred", "plugh", "xyzzy", "thud"),
          "uk",
          List.of("wibble", "wobble", "wubble", "flob"));

  private final RunnerContext context;

  TestRunner(RunnerContext context) {
    this.context = context;
  }

  /**
   * Returns its arguments, without those that Salt adds.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run test.arg foo bar=baz
   * }</pre>
   */
  @Exposed
  Map<String, Object> arg(@Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    Map<String, Object> plain = new LinkedHashMap<>(kwargs);
    plain.keySet().removeIf(name -> name.startsWith("__"));
    return rawArg(args, plain);
  }

  /**
   * Returns its arguments.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run test.raw_arg foo __bar=baz
   * }</pre>
   */
  @Exposed
  Map<String, Object> rawArg(@Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("args", Tuple.of(args));
    all.put("kwargs", kwargs);
    return all;
  }

  /**
   * Returns words that stand for anything.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run test.metasyntactic locality=uk
   * }</pre>
   *
   * @param locality {@code us} or {@code uk}
   */
  @Exposed
  List<String> metasyntactic(@Default("us") String locality) {
    return WORDS.get(locality);
  }

  /**
   * Prints foo and returns bar.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run test.stdout_print
   * }</pre>
   */
  @Exposed
  String stdoutPrint() {
    context.out().accept("foo");
    return "bar";
  }

  /**
   * Prints how long it sleeps, sleeps, and returns true.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run test.sleep s_time=5
   * }</pre>
   *
   * @param sTime seconds
   */
  @Exposed
  boolean sleep(@Default("10") Object sTime, Call call) throws InterruptedException {
    context.out().accept(PythonText.str(sTime));
    if (!(sTime instanceof Number seconds)) {
      throw new PythonError(
          "TypeError", "'" + PythonType.of(sTime) + "' object cannot be interpreted as an integer");
    }
    call.pause(Duration.ofMillis((long) (seconds.doubleValue() * 1000)));
    return true;
  }

  /**
   * Tells 99 times how far it has come, and returns true.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run test.stream
   * }</pre>
   */
  @Exposed
  boolean stream(Call call) throws InterruptedException {
    for (int i = 1; i < 100; i++) {
      context.announcements().progress(call, "Runner is " + i + "% done");
      call.pause(Duration.ofMillis(100));
    }
    return true;
  }

  /**
   * Returns the options of the master.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt-run test.get_opts
   * }</pre>
   */
  @Exposed
  Map<String, Object> getOpts() {
    return context.options().asMap();
  }
}
