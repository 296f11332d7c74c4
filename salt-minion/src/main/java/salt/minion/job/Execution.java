package salt.minion.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import salt.common.job.Arguments;
import salt.common.loader.Call;
import salt.common.loader.CallFailure;
import salt.common.loader.Function;
import salt.common.loader.Functions;

/**
 * One job as it runs: calls its function or functions and builds the fields of its return.
 *
 * <p>Ended from another thread by {@link #cancel}.
 */
final class Execution {
  private static final List<String> PASSED_ON = List.of("user", "master_id", "metadata");

  private final Map<String, Object> publication;
  private final Functions functions;
  private final boolean ordered;
  private final Map<Call, Boolean> calls = new ConcurrentHashMap<>();
  private volatile boolean cancelled;

  /**
   * A job to run.
   *
   * @param ordered {@code multifunc_ordered}: results of several functions as lists
   */
  Execution(Map<String, Object> publication, Functions functions, boolean ordered) {
    this.publication = publication;
    this.functions = functions;
    this.ordered = ordered;
  }

  /** What one function came to. */
  private record Outcome(Object value, long retcode, Optional<String> out) {}

  /** Runs the job; returns the load of its return, without {@code cmd} and {@code id}. */
  Map<String, Object> run() {
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
    ret.put("jid", publication.get("jid"));
    ret.put("fun", publication.get("fun"));
    ret.put("fun_args", echo(publication.get("arg")));
    for (String field : PASSED_ON) {
      if (publication.containsKey(field)) {
        ret.put(field, publication.get(field));
      }
    }
    return ret;
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
    Call call = new Call(fun, publication);
    calls.put(call, true);
    if (cancelled) {
      call.cancel(true);
    }
    try {
      Arguments split = Arguments.ofPublication(given);
      Map<String, Object> keyword = keyword(fun, split.keyword());
      Object value = functions.call(fun, split.positional(), keyword, call);
      Optional<String> out =
          functions.find(fun).map(Function::outputter).filter(name -> !name.isEmpty());
      return new Outcome(value, retcode(call, value), out);
    } catch (RuntimeException e) {
      String doc = functions.find(fun).map(Function::doc).orElse("");
      return new Outcome(new CallFailure(fun, doc, e).jobReturn(), 1, Optional.of("nested"));
    } finally {
      calls.remove(call);
    }
  }

  /** A function that takes any keyword is told of the publication as well. */
  private Map<String, Object> keyword(String fun, Map<String, Object> given) {
    Map<String, Object> keyword = new LinkedHashMap<>(given);
    Optional<Function> function = functions.find(fun);
    function.ifPresent(known -> known.checkKeywords(given));
    if (function.isPresent() && function.get().takes(Function.Kind.KEYWORDS)) {
      publication.forEach((name, value) -> keyword.put("__pub_" + name, value));
    }
    return keyword;
  }

  /** The arguments as the return repeats them: without the mark of keyword arguments. */
  private static Object echo(Object arg) {
    if (arg instanceof List<?> list) {
      List<Object> echoed = new ArrayList<>();
      list.forEach(item -> echoed.add(echo(item)));
      return echoed;
    }
    if (arg instanceof Map<?, ?> map && map.containsKey(Arguments.MARK)) {
      Map<Object, Object> bare = new LinkedHashMap<>(map);
      bare.remove(Arguments.MARK);
      return bare;
    }
    return arg;
  }

  /** The code that the function set, else 1 for a map that says it failed. */
  private static long retcode(Call call, Object value) {
    if (call.retcode() != null && call.retcode() != 0) {
      return call.retcode();
    }
    boolean failed =
        value instanceof Map<?, ?> map && (saysNo(map, "result") || saysNo(map, "success"));
    return failed ? 1 : 0;
  }

  private static boolean saysNo(Map<?, ?> map, String key) {
    if (!map.containsKey(key)) {
      return false;
    }
    Object value = map.get(key);
    boolean zero = value instanceof Number number && number.doubleValue() == 0;
    return value == null || zero || Boolean.FALSE.equals(value) || "".equals(value);
  }

  private static List<?> listOf(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    return value == null ? List.of() : List.of(value);
  }

  /** Ends the child processes of the calls that run, and of those still to come. */
  void cancel(boolean forcibly) {
    cancelled = true;
    calls.keySet().forEach(call -> call.cancel(forcibly));
  }

  /** Whether somebody ended the job. */
  boolean isCancelled() {
    return cancelled;
  }
}
