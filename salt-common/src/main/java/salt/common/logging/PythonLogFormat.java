package salt.common.logging;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A log format as Salt's options have it: Python's {@code %(field)s} placeholders. */
final class PythonLogFormat {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("%%|%\\((\\w+)\\)([-0 +#]*)(\\d*)(?:\\.(\\d+))?([sdifrx])");
  private static final long STARTED = System.currentTimeMillis();
  private static final String RESET = "\u001b[0m";
  private static final String BOLD_GREEN = "\u001b[1;32m";
  private static final String BOLD_BLUE = "\u001b[1;34m";

  private final List<Function<LogLine, String>> parts = new ArrayList<>();
  private final DateTimeFormatter dates;
  private final String jidFormat;

  /**
   * Reads a format.
   *
   * @param format with placeholders of Python's logging and those Salt adds
   * @param dateFormat for {@code asctime}, by strftime
   * @param jidFormat how {@code jid} is shown within a job; outside it is empty
   * @throws IllegalArgumentException for a field or directive that does not exist
   */
  PythonLogFormat(String format, String dateFormat, String jidFormat) {
    this.dates = Strftime.formatter(dateFormat);
    this.jidFormat = jidFormat;
    Matcher matcher = PLACEHOLDER.matcher(format);
    int end = 0;
    while (matcher.find()) {
      literal(format.substring(end, matcher.start()));
      if (matcher.group(1) == null) {
        literal("%");
      } else {
        field(matcher);
      }
      end = matcher.end();
    }
    literal(format.substring(end));
  }

  /** The event in this format, without a line end. */
  String format(LogLine line) {
    StringBuilder text = new StringBuilder();
    for (Function<LogLine, String> part : parts) {
      text.append(part.apply(line));
    }
    return text.toString();
  }

  private void literal(String text) {
    if (text.indexOf('%') >= 0 && !text.equals("%")) {
      throw new IllegalArgumentException("not a placeholder: " + text.substring(text.indexOf('%')));
    } else if (!text.isEmpty()) {
      parts.add(line -> text);
    }
  }

  private void field(Matcher matcher) {
    Function<LogLine, Object> field = field(matcher.group(1));
    String flags = matcher.group(2);
    int width = matcher.group(3).isEmpty() ? 0 : Integer.parseInt(matcher.group(3));
    int precision = matcher.group(4) == null ? -1 : Integer.parseInt(matcher.group(4));
    char type = matcher.group(5).charAt(0);
    parts.add(line -> padded(shown(field.apply(line), type, precision), flags, width));
  }

  private static String shown(Object value, char type, int precision) {
    return switch (type) {
      case 'd', 'i' -> value instanceof Number number ? "" + number.longValue() : "" + value;
      case 'x' ->
          value instanceof Number number ? Long.toHexString(number.longValue()) : "" + value;
      case 'f' ->
          value instanceof Number number
              ? String.format(
                  Locale.ROOT, "%." + (precision < 0 ? 6 : precision) + "f", number.doubleValue())
              : "" + value;
      default -> {
        String text = String.valueOf(value);
        yield precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
      }
    };
  }

  private static String padded(String text, String flags, int width) {
    if (text.length() >= width) {
      return text;
    }
    boolean zeros = flags.indexOf('0') >= 0 && flags.indexOf('-') < 0;
    String fill = (zeros ? "0" : " ").repeat(width - text.length());
    return flags.indexOf('-') >= 0 ? text + fill : fill + text;
  }

  private Function<LogLine, Object> field(String name) {
    return switch (name) {
      case "asctime" -> line -> dates.format(line.time());
      case "created" -> line -> line.time().toEpochMilli() / 1000.0;
      case "msecs" -> line -> (double) Math.floorMod(line.time().toEpochMilli(), 1000);
      case "relativeCreated" -> line -> (double) (line.time().toEpochMilli() - STARTED);
      case "levelname" -> line -> line.level().name();
      case "levelno" -> line -> line.level().number();
      case "message" -> LogLine::message;
      case "name" -> LogLine::name;
      case "process" -> line -> ProcessHandle.current().pid();
      case "processName" -> line -> "MainProcess";
      case "thread" -> line -> Thread.currentThread().getId();
      case "threadName" -> LogLine::thread;
      case "jid" -> this::jid;
      case "filename", "pathname" -> line -> line.caller().frame().getFileName();
      case "module" -> line -> module(line.caller().frame());
      case "funcName" -> line -> line.caller().frame().getMethodName();
      case "lineno" -> line -> line.caller().frame().getLineNumber();
      case "bracketname", "colorname", "bracketlevel", "colorlevel" -> bracket(name);
      case "bracketprocess", "colorprocess", "colormsg" -> bracket(name);
      default -> throw new IllegalArgumentException("unknown field %(" + name + ")s");
    };
  }

  /** The fields Salt adds: in brackets, padded, and the same in colour. */
  private static Function<LogLine, Object> bracket(String name) {
    Function<LogLine, String> logger = line -> String.format("[%-17s]", line.name());
    Function<LogLine, String> level = line -> String.format("[%-8s]", line.level().name());
    Function<LogLine, String> process =
        line -> String.format("[%5d]", ProcessHandle.current().pid());
    return switch (name) {
      case "bracketname" -> logger::apply;
      case "bracketlevel" -> level::apply;
      case "bracketprocess" -> process::apply;
      case "colorname" -> line -> BOLD_GREEN + logger.apply(line) + RESET;
      case "colorlevel" -> line -> color(line.level(), true) + level.apply(line) + RESET;
      case "colorprocess" -> line -> BOLD_BLUE + process.apply(line) + RESET;
      default -> line -> color(line.level(), false) + line.message() + RESET;
    };
  }

  private static String color(LogLevel level, boolean bold) {
    String code =
        switch (level) {
          case CRITICAL, ERROR -> "31";
          case WARNING -> "33";
          case INFO -> "32";
          case PROFILE, DEBUG -> "36";
          case TRACE -> "35";
          case GARBAGE -> "34";
          default -> "0";
        };
    boolean always = level == LogLevel.CRITICAL || level == LogLevel.PROFILE;
    return "\u001b[" + (bold || always ? "1;" : "") + code + "m";
  }

  private String jid(LogLine line) {
    if (line.jid() == null) {
      return "";
    }
    return jidFormat.replace("%(jid)s", line.jid());
  }

  private static String module(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
