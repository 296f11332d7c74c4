package salt.cli.interop;

import salt.common.payload.Json;

/**
 * What a program said and did.
 *
 * @param command its command line
 * @param code its exit code
 */
record Outcome(String command, int code, String out, String err) {
  /** Its output read as JSON. */
  Object json() {
    try {
      return Json.parse(out.strip());
    } catch (RuntimeException e) {
      throw new AssertionError("not JSON: " + this, e);
    }
  }

  @Override
  public String toString() {
    return "%s -> exit code %d%n%s%n%s".formatted(command, code, shortened(out), shortened(err));
  }

  private static String shortened(String text) {
    return text.length() <= 4000 ? text : text.substring(0, 4000) + "...";
  }
}
