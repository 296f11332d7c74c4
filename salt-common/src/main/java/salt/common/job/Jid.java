package salt.common.job;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Makes job ids: the time in UTC down to the microsecond, 20 digits, always later than the one
 * before; safe for several threads.
 */
public final class Jid {
  private static final Pattern VALID = Pattern.compile("[0-9]{20}(_[0-9]+)?");
  private static final DateTimeFormatter DIGITS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSSSS");
  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("uuuu, MMM dd HH:mm:ss.SSSSSS", java.util.Locale.ENGLISH);

  private final Clock clock;
  private final String suffix;
  private final AtomicReference<LocalDateTime> last = new AtomicReference<>(LocalDateTime.MIN);

  /**
   * A source of ids.
   *
   * @param clock usually {@link Clock#systemUTC}
   * @param unique the option {@code unique_jid}: append an underscore and the process id
   */
  public Jid(Clock clock, boolean unique) {
    this.clock = clock;
    this.suffix = unique ? "_" + ProcessHandle.current().pid() : "";
  }

  /** The next id. */
  public String next() {
    LocalDateTime now =
        LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    LocalDateTime time =
        last.updateAndGet(before -> now.isAfter(before) ? now : before.plus(1, ChronoUnit.MICROS));
    return DIGITS.format(time) + suffix;
  }

  /**
   * Whether the text is a job id: 20 digits, perhaps an underscore and a process id. Stricter than
   * Salt behind the underscore, since ids are also used in paths.
   */
  public static boolean isValid(String text) {
    return VALID.matcher(text).matches();
  }

  /**
   * The time as listings of jobs show it, {@code 2026, Nov 23 20:07:33.599004}; empty when the text
   * is no job id with a time.
   */
  public static String startTime(String jid) {
    if (!isValid(jid)) {
      return "";
    }
    String digits = jid.substring(0, 20);
    try {
      return READABLE.format(LocalDateTime.parse(digits, DIGITS));
    } catch (java.time.format.DateTimeParseException e) {
      return "";
    }
  }
}
