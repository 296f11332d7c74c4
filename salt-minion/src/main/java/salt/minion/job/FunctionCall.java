package salt.minion.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.job.Arguments;
import salt.common.loader.Call;
import salt.common.loader.Function;
import salt.common.loader.Functions;

/**
 * A function with the arguments of a job or of a command line, taken apart as Salt does.
 *
 * @param functions where the function is found
 * @param fun its full name
 * @param positional its positional arguments
 * @param keyword its keyword arguments, with {@code __pub_*} where it takes any
 */
public record FunctionCall(
    Functions functions, String fun, List<Object> positional, Map<String, Object> keyword) {

  /**
   * Takes the arguments apart.
   *
   * @param arg as in a publication: positional, and maps marked as keyword arguments
   * @param publication what a function that takes any keyword is told as {@code __pub_*}
   * @throws salt.common.loader.CallException when the function does not take one of the keywords
   */
  public static FunctionCall of(
      Functions functions, String fun, List<?> arg, Map<String, Object> publication) {
    Arguments split = Arguments.ofPublication(arg);
    Map<String, Object> keyword = new LinkedHashMap<>(split.keyword());
    Optional<Function> function = functions.find(fun);
    function.ifPresent(known -> known.checkKeywords(split.keyword()));
    if (function.isPresent() && function.get().takes(Function.Kind.KEYWORDS)) {
      publication.forEach((name, value) -> keyword.put("__pub_" + name, value));
    }
    return new FunctionCall(functions, fun, split.positional(), keyword);
  }

  /** Calls the function; what it reports beside its result goes to {@code call}. */
  public Object run(Call call) {
    return functions.call(fun, positional, keyword, call);
  }

  /** The code that the function set, else 1 for a map that says it failed. */
  public static long retcode(Call call, Object value) {
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
}
