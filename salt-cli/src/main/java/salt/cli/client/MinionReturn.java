package salt.cli.client;

import java.util.Collection;
import java.util.Map;

/**
 * What came of a job on one minion.
 *
 * @param id the minion
 * @param returned whether it returned anything; if not, {@code value} says so in words
 * @param value what the function returned
 * @param retcode as it came: a number, or for several functions a map of numbers; null when the
 *     minion sent none
 * @param out the outputter that the function asks for; null when it asks for none
 */
public record MinionReturn(String id, boolean returned, Object value, Object retcode, String out) {

  /** What a minion sent: a map with {@code return} and perhaps {@code retcode} and {@code out}. */
  static MinionReturn of(String id, Map<?, ?> sent) {
    Object out = sent.get("out");
    return new MinionReturn(
        id,
        true,
        sent.get("return"),
        sent.get("retcode"),
        out instanceof String name ? name : null);
  }

  /** The worst exit code in it; 0 when all is well or none was sent. */
  public int exitCode() {
    if (retcode instanceof Map<?, ?> several) {
      return worst(several.values());
    }
    return number(retcode);
  }

  private static int worst(Collection<?> codes) {
    return codes.stream().mapToInt(MinionReturn::number).max().orElse(0);
  }

  private static int number(Object code) {
    if (code instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return code instanceof Number number ? number.intValue() : 0;
  }
}
