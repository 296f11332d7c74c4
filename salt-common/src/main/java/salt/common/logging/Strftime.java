package salt.common.logging;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Turns a date format of Python into one of Java. */
final class Strftime {
  private Strftime() {}

  /**
   * A formatter in the time zone of the machine.
   *
   * @throws IllegalArgumentException for a directive that does not exist
   */
  static DateTimeFormatter formatter(String format) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        i++;
        directive(builder, format.charAt(i));
      } else {
        builder.appendLiteral(c);
      }
    }
    return builder.toFormatter(Locale.ENGLISH).withZone(ZoneId.systemDefault());
  }

  private static void directive(DateTimeFormatterBuilder builder, char directive) {
    if (directive == '%') {
      builder.appendLiteral('%');
    } else {
      builder.appendPattern(pattern(directive));
    }
  }

  private static String pattern(char directive) {
    return switch (directive) {
      case 'Y' -> "uuuu";
      case 'y' -> "uu";
      case 'm' -> "MM";
      case 'b', 'h' -> "MMM";
      case 'B' -> "MMMM";
      case 'd' -> "dd";
      case 'e' -> "ppd";
      case 'j' -> "DDD";
      case 'a' -> "EEE";
      case 'A' -> "EEEE";
      case 'H' -> "HH";
      case 'I' -> "hh";
      case 'p' -> "a";
      case 'M' -> "mm";
      case 'S' -> "ss";
      case 'f' -> "SSSSSS";
      case 'z' -> "xx";
      case 'Z' -> "zzz";
      case 'F' -> "uuuu-MM-dd";
      case 'T', 'X' -> "HH:mm:ss";
      case 'R' -> "HH:mm";
      case 'D', 'x' -> "MM/dd/uu";
      case 'c' -> "EEE MMM ppd HH:mm:ss uuuu";
      default -> throw new IllegalArgumentException("unknown date directive %" + directive);
    };
  }
}
