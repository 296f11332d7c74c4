package salt.minion.module;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.loader.Argument.Default;
import salt.common.loader.Argument.Keywords;
import salt.common.loader.Argument.Positional;
import salt.common.loader.ExecutionModule;
import salt.common.loader.Exposed;
import salt.common.loader.PythonError;
import salt.common.loader.PythonType;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;

/** Functions to try a minion and its connection. */
@ExecutionModule("test")
final class TestModule {
  private static final Map<String, String> DIGESTS =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha224", "SHA-224",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512",
          "sha3_224", "SHA3-224",
          "sha3_256", "SHA3-256",
          "sha3_384", "SHA3-384",
          "sha3_512", "SHA3-512");

  private final MinionContext context;

  TestModule(MinionContext context) {
    this.context = context;
  }

  /**
   * Shows that the minion is up and answers; it sends no ICMP. Returns true.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.ping
   * }</pre>
   */
  @Exposed
  boolean ping() {
    return true;
  }

  /**
   * Returns true.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.true
   * }</pre>
   */
  @Exposed(name = "true")
  boolean yes() {
    return true;
  }

  /**
   * Returns false.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.false
   * }</pre>
   */
  @Exposed(name = "false")
  boolean no() {
    return false;
  }

  /**
   * Returns the text it is given.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.echo 'good morning'
   * }</pre>
   */
  @Exposed
  Object echo(Object text) {
    return text;
  }

  /**
   * Returns the keyword arguments as they arrived, with those that Salt adds.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.kwarg port=80 hosts='[web1, web2]'
   * }</pre>
   */
  @Exposed
  Map<String, Object> kwarg(@Keywords Map<String, Object> kwargs) {
    return kwargs;
  }

  /**
   * Returns all arguments as they arrived: positional ones under {@code args}, others under {@code
   * kwargs}.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.arg 80 web1 name=shop
   * }</pre>
   */
  @Exposed
  Map<String, Object> arg(@Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    return arguments(args, kwargs);
  }

  /**
   * Returns the types of all arguments, in Python's words.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.arg_type 80 web1 True
   * }</pre>
   */
  @Exposed
  Map<String, Object> argType(@Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    Map<String, Object> types = new LinkedHashMap<>();
    kwargs.forEach((name, value) -> types.put(name, type(value)));
    return arguments(args.stream().map(TestModule::type).toList(), types);
  }

  private static String type(Object value) {
    return "<class '" + PythonType.of(value) + "'>";
  }

  /**
   * Returns all arguments as Python prints them.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.arg_repr 80 web1 name=shop
   * }</pre>
   */
  @Exposed
  Map<String, Object> argRepr(@Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    return arguments(PythonText.repr(Tuple.of(args)), PythonText.repr(kwargs));
  }

  /**
   * Returns all arguments but those that Salt adds.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.arg_clean 80 web1 name=shop
   * }</pre>
   */
  @Exposed
  Map<String, Object> argClean(
      @Positional List<Object> args, @Keywords Map<String, Object> kwargs) {
    return arguments(args, clean(kwargs));
  }

  private static Map<String, Object> arguments(Object args, Object kwargs) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("args", args);
    arguments.put("kwargs", kwargs);
    return arguments;
  }

  /**
   * Returns the Fibonacci number at a position, and the seconds it took to compute.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.fib 20
   * }</pre>
   */
  @Exposed
  List<Object> fib(int num) {
    if (num < 0) {
      throw new PythonError("ValueError", "Negative number is not allowed!");
    }
    long start = System.nanoTime();
    BigInteger current = BigInteger.ZERO;
    BigInteger next = BigInteger.ONE;
    for (int i = 0; i < num; i++) {
      BigInteger sum = current.add(next);
      current = next;
      next = sum;
    }
    Object result = current.bitLength() < Long.SIZE ? (Object) current.longValue() : current;
    return List.of(result, secondsSince(start));
  }

  /**
   * Returns the Collatz sequence from a number down to one, and the seconds it took to compute.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.collatz 27
   * }</pre>
   */
  @Exposed
  List<Object> collatz(Object start) {
    if (!(start instanceof Number number) || number.doubleValue() <= 0) {
      throw new PythonError("ValueError", "collatz() starts from a positive number");
    }
    long began = System.nanoTime();
    List<Object> steps = new ArrayList<>();
    Object step = number;
    while (((Number) step).doubleValue() != 1) {
      steps.add(step);
      step = nextCollatz((Number) step);
    }
    return List.of(steps, secondsSince(began));
  }

  /** As in Python, halving gives a number with a fraction, and that stays one. */
  private static Number nextCollatz(Number step) {
    if (step.doubleValue() % 2 == 0) {
      return step.doubleValue() / 2;
    }
    return step instanceof Double
        ? (Number) (step.doubleValue() * 3 + 1)
        : step.longValue() * 3 + 1;
  }

  private static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  /**
   * Returns the data it is given, to look at outputters.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.outputter '{disk: full}'
   * }</pre>
   */
  @Exposed
  Object outputter(Object data) {
    return data;
  }

  /**
   * Returns the digest of a random number.
   *
   * <p>CLI Example:
   *
   * <pre>{@code
   * salt '*' test.random_hash
   * salt '*' test.random_hash 1000 md5
   * }</pre>
   *
   * @param size the largest number
   * @param hashType the kind of digest; by default the option of that name
   */
  @Exposed(aliases = "rand_str")
  String randomHash(@Default("9999999999") long size, @Default("null") String hashType) {
    String type =
        hashType == null || hashType.isEmpty()
            ? context.options().text("hash_type", "sha256")
            : hashType;
    long number = size <= 0 ? 0 : new SecureRandom().nextLong(size + 1);
    return digest(type, Long.toString(number));
  }

  /** The digest by one of the names that Python has for the kinds of them. */
  private static String digest(String type, String text) {
    if (!DIGESTS.containsKey(type)) {
      throw new PythonError("AttributeError", "module 'hashlib' has no attribute '" + type + "'");
    }
    try {
      byte[] digest =
          MessageDigest.getInstance(DIGESTS.get(type))
              .digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new PythonError("ValueError", "unsupported hash type " + type);
    }
  }

  private static Map<String, Object> clean(Map<String, Object> kwargs) {
    Map<String, Object> clean = new LinkedHashMap<>(kwargs);
    clean.keySet().removeIf(name -> name.startsWith("__"));
    return clean;
  }
}
