package salt.common.loader;

/**
 * A call was given up because the minion ends, while the program it waited for goes on: what came
 * of it is not known yet, and nothing is returned for it now.
 */
public final class CallLeft extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which program goes on. */
  public CallLeft(long pid) {
    super("process " + pid + " goes on without the minion");
  }
}
