package salt.minion.module;

import salt.common.loader.CallException;
import salt.common.loader.PythonError;
import salt.common.payload.PythonText;

/** How Python shows an exception: {@code ValueError('no number')}. */
final class RaisedText {
  private RaisedText() {}

  /** The exception's name and, between brackets, its message, where it has one. */
  static String repr(RuntimeException exception) {
    String message = exception.getMessage();
    String type = type(exception);
    // A KeyError's message is the text of its key already.
    String inside =
        message == null || message.isEmpty() || type.equals("KeyError")
            ? String.valueOf(message == null ? "" : message)
            : PythonText.repr(message);
    return type.substring(type.lastIndexOf('.') + 1) + "(" + inside + ")";
  }

  private static String type(RuntimeException exception) {
    if (exception instanceof PythonError error) {
      return error.type();
    } else if (exception instanceof CallException failed) {
      return switch (failed.kind()) {
        case NOT_AVAILABLE -> "KeyError";
        case INVALID_ARGUMENTS -> "TypeError";
        case UNKNOWN_KEYWORDS, INVOCATION -> "SaltInvocationError";
        case EXECUTION -> "CommandExecutionError";
        case COMMAND_NOT_FOUND -> "CommandNotFoundError";
      };
    }
    return exception.getClass().getSimpleName();
  }
}
