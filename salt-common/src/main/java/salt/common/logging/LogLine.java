package salt.common.logging;

import java.time.Instant;

/**
 * One event as formats see it.
 *
 * @param level how grave it is
 * @param name the logger's
 * @param message complete
 * @param time when it happened
 * @param thread the name of the thread
 * @param jid the job it belongs to; null when to none
 * @param caller where in the code it was logged
 */
record LogLine(
    LogLevel level,
    String name,
    String message,
    Instant time,
    String thread,
    String jid,
    Caller caller) {

  /** A place in the code; found only when a format asks for it, since it costs a stack trace. */
  interface Caller {
    /** The frame that logged. */
    StackTraceElement frame();
  }
}
