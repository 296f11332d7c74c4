package salt.minion.module;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import salt.common.loader.CallException;
import salt.common.loader.CallException.Kind;
import salt.common.loader.PythonError;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;

/** Python's and Salt's exceptions by the names that people give. */
final class RaisedByName {
  private static final String SALT = "salt.exceptions.";

  private static final Set<String> PYTHON =
      Set.of(
          """
          ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup \
          BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError \
          ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError \
          DeprecationWarning EOFError EncodingWarning EnvironmentError Exception ExceptionGroup \
          FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError \
          ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError \
          KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError \
          NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning \
          PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning \
          RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning \
          SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError \
          UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning \
          UserWarning ValueError Warning ZeroDivisionError"""
              .split(" "));

  private static final Set<String> OF_SALT =
      Set.of(
          """
          ArgumentValueError AuthenticationError AuthorizationError CheckError CodePageError \
          CommandExecutionError CommandNotFoundError EauthAuthenticationError FileLockError \
          FileserverConfigError GitLockError GitRemoteError InvalidConfigError InvalidEntityError \
          InvalidKeyError LoaderError LoggingRuntimeError MasterExit MinionError MissingSmb \
          NotImplemented NxosCliError NxosClientError NxosError NxosRequestNotSupported \
          PkgParseError PublishError SaltCacheError SaltClientError SaltClientTimeout \
          SaltCloudConfigError SaltCloudException SaltCloudExecutionFailure \
          SaltCloudExecutionTimeout SaltCloudNotFound SaltCloudPasswordError SaltCloudSystemExit \
          SaltConfigurationError SaltDaemonNotRunning SaltDeserializationError SaltException \
          SaltInvocationError SaltMasterError SaltMasterUnresolvableError SaltNoMinionsFound \
          SaltRenderError SaltReqTimeoutError SaltRunnerError SaltSyndicMasterError SaltSystemExit \
          SaltValidationError SaltWheelError TemplateError TimedProcTimeoutError TimeoutError \
          TokenAuthenticationError UnsupportedAlgorithm VMwareApiError VMwareConnectionError \
          VMwareFileNotFoundError VMwareMultipleObjectsError VMwareNotFoundError \
          VMwareObjectExistsError VMwareObjectNotFoundError VMwareObjectRetrievalError \
          VMwarePowerOnError VMwareRuntimeError VMwareSaltError VMwareSystemError \
          VMwareVmCreationError VMwareVmRegisterError"""
              .split(" "));

  private RaisedByName() {}

  /** The exception of that name with these arguments; empty when there is none of the name. */
  static Optional<RuntimeException> find(
      String name, List<Object> args, Map<String, Object> named) {
    if (PYTHON.contains(name)) {
      return Optional.of(
          named.isEmpty()
              ? new PythonError(name, message(name, args))
              : new PythonError("TypeError", name + "() takes no keyword arguments"));
    }
    String ofSalt = name.startsWith(SALT) ? name.substring(SALT.length()) : "";
    return OF_SALT.contains(ofSalt) ? Optional.of(ofSalt(ofSalt, args, named)) : Optional.empty();
  }

  private static String message(String name, List<Object> args) {
    if (args.size() == 1) {
      return name.equals("KeyError") ? PythonText.repr(args.get(0)) : PythonText.str(args.get(0));
    }
    return args.isEmpty() ? "" : PythonText.repr(Tuple.of(args));
  }

  private static RuntimeException ofSalt(
      String name, List<Object> args, Map<String, Object> named) {
    Object first = args.isEmpty() ? named.getOrDefault("message", "") : args.get(0);
    String message = PythonText.str(first);
    return switch (name) {
      case "SaltInvocationError" -> new CallException(Kind.INVOCATION, message);
      case "CommandNotFoundError" -> new CallException(Kind.COMMAND_NOT_FOUND, message);
      case "CommandExecutionError",
          "ArgumentValueError",
          "CheckError",
          "CodePageError",
          "InvalidConfigError",
          "InvalidEntityError" ->
          new CallException(Kind.EXECUTION, withInformation(message, named.get("info")));
      default ->
          name.startsWith("VMware")
              ? new CallException(Kind.EXECUTION, message)
              : new PythonError(SALT + name, message);
    };
  }

  private static String withInformation(String message, Object information) {
    return information == null
        ? message
        : message + ". Additional info follows:\n\n" + PythonText.str(information);
  }

  /** What Python's {@code repr} gives for an exception. */
  static String repr(RuntimeException exception) {
    String message = exception.getMessage() == null ? "" : exception.getMessage();
    if (exception instanceof PythonError error) {
      String type = error.type().substring(error.type().lastIndexOf('.') + 1);
      boolean quoted = message.isEmpty() || error.type().equals("KeyError");
      return type + "(" + (quoted ? message : PythonText.repr(message)) + ")";
    } else if (exception instanceof CallException call) {
      return name(call.kind()) + "(" + PythonText.repr(message) + ")";
    }
    return exception.getClass().getSimpleName() + "(" + PythonText.repr(message) + ")";
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case NOT_AVAILABLE -> "KeyError";
      case INVALID_ARGUMENTS -> "TypeError";
      case UNKNOWN_KEYWORDS, INVOCATION -> "SaltInvocationError";
      case EXECUTION -> "CommandExecutionError";
      case COMMAND_NOT_FOUND -> "CommandNotFoundError";
    };
  }

  /** What Python's {@code int} gives for a value, with its errors. */
  static long integer(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    } else if (value instanceof Number number) {
      return number.longValue();
    } else if (value instanceof String text) {
      try {
        return new BigDecimal(text.strip()).toBigIntegerExact().longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw new PythonError(
            "ValueError", "invalid literal for int() with base 10: " + PythonText.repr(text));
      }
    }
    throw new PythonError("TypeError", "int() argument must be a number or text");
  }

  /** The digest of a text in hexadecimal, by Python's name for the kind of digest. */
  static String digest(String type, String text) {
    String name =
        switch (type) {
          case "md5" -> "MD5";
          case "sha1" -> "SHA-1";
          case "sha224", "sha256", "sha384", "sha512" -> "SHA-" + type.substring("sha".length());
          case "sha3_224", "sha3_256", "sha3_384", "sha3_512" ->
              "SHA3-" + type.substring("sha3_".length());
          default ->
              throw new PythonError(
                  "AttributeError", "module 'hashlib' has no attribute " + PythonText.repr(type));
        };
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + name, e);
    }
  }
}
