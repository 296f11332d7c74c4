package salt.minion.process;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.payload.PythonText;

/** A program that could not be started; the message is as the system's error shows in Salt. */
public final class LaunchFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private static final Pattern SYSTEM_ERROR = Pattern.compile("error=(\\d+), (.+?)(?: \\(.*\\))?$");

  private LaunchFailure(String message, Throwable cause) {
    super(message, cause);
  }

  static LaunchFailure notFound(String program) {
    return error("[Errno 2] No such file or directory", program, null);
  }

  static LaunchFailure denied(String program) {
    return error("[Errno 13] Permission denied", program, null);
  }

  static LaunchFailure notExecutable(String program) {
    return error("[Errno 8] Exec format error", program, null);
  }

  /** Words of our own for what has no number. */
  static LaunchFailure because(String reason) {
    return new LaunchFailure(reason, null);
  }

  /** What Java says when the system refused to start {@code program}. */
  static LaunchFailure of(IOException failure, String program) {
    Matcher matcher = SYSTEM_ERROR.matcher(String.valueOf(failure.getMessage()));
    if (matcher.find()) {
      return error("[Errno " + matcher.group(1) + "] " + matcher.group(2), program, failure);
    } else if (String.valueOf(failure.getMessage()).contains("null character")) {
      return new LaunchFailure("embedded null byte", failure);
    }
    return new LaunchFailure(failure.getMessage(), failure);
  }

  private static LaunchFailure error(String error, String program, Throwable cause) {
    return new LaunchFailure(error + ": " + PythonText.repr(program), cause);
  }
}
