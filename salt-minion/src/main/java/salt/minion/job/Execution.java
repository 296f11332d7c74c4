package salt.minion.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import salt.common.loader.Call;
import salt.common.loader.CallException;
import salt.common.loader.CallFailure;
import salt.common.loader.CallLeft;
import salt.common.loader.Function;
import salt.common.loader.Functions;

/**
 * One job as it runs: calls its function or functions and builds the fields of its return.
 *
 * <p>Ended from another thread by {@link #cancel}.
 */
final class Execution implements Work {
  private final Map<String, Object> publication;
  private final Functions functions;
  private final Blackout blackout;
  private final boolean ordered;
  private final Runnable onStart;
  private final Map<Call, Boolean> calls = new ConcurrentHashMap<>();
  private volatile boolean cancelled;

  /**
   * A job to run.
   *
   * @param ordered {@code multifunc_ordered}: results of several functions as lists
   * @param onStart called when one more program runs for it
   */
  Execution(
      Map<String, Object> publication,
      Functions functions,
      Blackout blackout,
      boolean ordered,
      Runnable onStart) {
    this.publication = publication;
    this.functions = functions;
    this.blackout = blackout;
    this.ordered = ordered;
    this.onStart = onStart;
  }

  /** What one function came to. */
  private record Outcome(Object value, long retcode, Optional<String> out) {}

  @Override
  public Map<String, Object> run() {
    Map<String, Object> ret = new LinkedHashMap<>();
    if (publication.get("fun") instanceof List<?> several) {
      runAll(several, ret);
    } else {
      String fun = String.valueOf(publication.get("fun"));
      Outcome outcome = runOne(fun, listOf(publication.get("arg")));
      ret.put("success", outcome.retcode == 0);
      ret.put("return", outcome.value);
      outcome.out.ifPresent(out -> ret.put("out", out));
      ret.put("retcode", outcome.retcode);
    }
    return Returned.complete(ret, publication);
  }

  private void runAll(List<?> several, Map<String, Object> ret) {
    List<?> argumentLists = listOf(publication.get("arg"));
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> retcodes = new LinkedHashMap<>();
    Map<String, Object> successes = new LinkedHashMap<>();
    for (int i = 0; i < several.size(); i++) {
      String fun = String.valueOf(several.get(i));
      Outcome outcome =
          runOne(fun, i < argumentLists.size() ? listOf(argumentLists.get(i)) : List.of());
      String key = ordered ? String.valueOf(i) : fun;
      values.put(key, outcome.value);
      retcodes.put(key, outcome.retcode);
      successes.put(key, outcome.retcode == 0);
    }
    ret.put("success", ordered ? new ArrayList<>(successes.values()) : successes);
    ret.put("return", ordered ? new ArrayList<>(values.values()) : values);
    ret.put("retcode", ordered ? new ArrayList<>(retcodes.values()) : retcodes);
  }

  private Outcome runOne(String fun, List<?> given) {
    Call call = new Call(fun, publication, onStart);
    calls.put(call, true);
    try {
      if (cancelled) {
        throw new CallException(CallException.Kind.EXECUTION, "the job was ended by a signal");
      }
      blackout.check(fun);
      checkExecutors();
      Object value = FunctionCall.of(functions, fun, given, publication).run(call);
      Optional<String> out =
          functions.find(fun).map(Function::outputter).filter(name -> !name.isEmpty());
      return new Outcome(value, FunctionCall.retcode(call, value), out);
    } catch (CallLeft e) {
      throw e;
    } catch (RuntimeException e) {
      String doc = functions.find(fun).map(Function::doc).orElse("");
      return new Outcome(new CallFailure(fun, doc, e).jobReturn(), 1, Optional.of("nested"));
    } finally {
      calls.remove(call);
    }
  }

  /** A publication can ask for executors; there is one, which simply calls. */
  private void checkExecutors() {
    Object wanted = publication.get("module_executors");
    for (Object executor : listOf(wanted)) {
      if (!"direct_call".equals(executor)) {
        throw new CallException(
            CallException.Kind.INVOCATION, "Executor '" + executor + "' is not available");
      }
    }
  }

  private static List<?> listOf(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    return value == null ? List.of() : List.of(value);
  }

  @Override
  public Stream<ProcessHandle> processes() {
    return calls.keySet().stream().flatMap(call -> call.processes().stream());
  }

  /** Ends the child processes of the calls that run, and of those still to come. */
  @Override
  public void cancel(boolean forcibly) {
    cancelled = true;
    calls.keySet().forEach(call -> call.cancel(forcibly));
  }

  @Override
  public boolean leave() {
    boolean goesOn = processes().anyMatch(ProcessHandle::isAlive);
    if (goesOn) {
      calls.keySet().forEach(Call::leave);
    }
    return goesOn;
  }
}
