package salt.common.loader;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The words in which a failed call reaches people, by the program that made it. */
public final class CallFailure {
  private static final String CALLED_BY = ServiceFunctions.class.getName();

  private final String fun;
  private final String doc;
  private final RuntimeException failure;

  /**
   * A failed call.
   *
   * @param fun the function's full name, as it was called
   * @param doc its documentation; empty when there is none
   */
  public CallFailure(String fun, String doc, RuntimeException failure) {
    this.fun = fun;
    this.doc = doc;
    this.failure = failure;
  }

  /** What a minion returns for the job, always with return code 1 and {@code success} false. */
  public String jobReturn() {
    CallException.Kind kind = kind();
    if (kind == null) {
      return "The minion function caused an exception: " + trace();
    }
    String message = failure.getMessage();
    return switch (kind) {
      case NOT_AVAILABLE -> message;
      case INVALID_ARGUMENTS -> "Passed invalid arguments to " + fun + ": " + message + "\n" + doc;
      case UNKNOWN_KEYWORDS, INVOCATION -> "ERROR executing '" + fun + "': " + message;
      case EXECUTION -> "ERROR: " + message;
      case COMMAND_NOT_FOUND -> notFound();
    };
  }

  /** What {@code salt-call} prints on its standard error output. */
  public String commandMessage() {
    CallException.Kind kind = kind();
    if (kind == null) {
      return lastLine() + "\n" + trace();
    }
    String message = failure.getMessage();
    return switch (kind) {
      case NOT_AVAILABLE, UNKNOWN_KEYWORDS -> message + "\n";
      case INVALID_ARGUMENTS, INVOCATION ->
          "\nPassed invalid arguments: " + message + ".\n\nUsage:\n" + doc + "\n";
      case EXECUTION -> "Error running '" + fun + "': " + message + "\n";
      case COMMAND_NOT_FOUND -> notFound() + "\n";
    };
  }

  /** The exit code of {@code salt-call}. */
  public int exitCode() {
    return kind() == CallException.Kind.NOT_AVAILABLE ? 255 : 1;
  }

  private String notFound() {
    return "Command required for '" + fun + "' not found: " + failure.getMessage();
  }

  /** Null for an error that nobody foresaw. Python's TypeError counts as invalid arguments. */
  private CallException.Kind kind() {
    if (failure instanceof CallException known) {
      return known.kind();
    }
    boolean typeError = failure instanceof PythonError error && error.type().equals("TypeError");
    return typeError ? CallException.Kind.INVALID_ARGUMENTS : null;
  }

  private Throwable cause() {
    return failure instanceof UncheckedIOException ? failure.getCause() : failure;
  }

  /** As Python ends a traceback: the type, and the message if there is one. */
  private String lastLine() {
    Throwable cause = cause();
    String type =
        cause instanceof PythonError error ? error.type() : cause.getClass().getSimpleName();
    String message = cause.getMessage();
    return type + (message == null || message.isEmpty() ? "" : ": " + message);
  }

  /** Where it happened, in the shape of Python's: the outermost call first, the error last. */
  private String trace() {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : cause().getStackTrace()) {
      if (frame.getClassName().startsWith(CALLED_BY)) {
        break;
      }
      frames.add(
          "  File \"%s\", line %d, in %s\n"
              .formatted(frame.getFileName(), frame.getLineNumber(), frame.getMethodName()));
    }
    Collections.reverse(frames);
    return "Traceback (most recent call last):\n" + String.join("", frames) + lastLine() + "\n";
  }
}
