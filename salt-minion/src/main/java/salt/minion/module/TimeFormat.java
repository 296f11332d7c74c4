package salt.minion.module;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Map;

/** Writes times by the directives of C's strftime, in English. */
final class TimeFormat {
  private static final Map<Character, String> PATTERNS =
      Map.ofEntries(
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('b', "MMM"),
          Map.entry('h', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('d', "dd"),
          Map.entry('f', "SSSSSS"),
          Map.entry('F', "yyyy-MM-dd"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('j', "DDD"),
          Map.entry('m', "MM"),
          Map.entry('M', "mm"),
          Map.entry('p', "a"),
          Map.entry('r', "hh:mm:ss a"),
          Map.entry('R', "HH:mm"),
          Map.entry('S', "ss"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('X', "HH:mm:ss"),
          Map.entry('D', "MM/dd/yy"),
          Map.entry('x', "MM/dd/yy"),
          Map.entry('y', "yy"),
          Map.entry('Y', "yyyy"));

  private final ZoneId zone;

  TimeFormat(ZoneId zone) {
    this.zone = zone;
  }

  String format(String format, Instant instant) {
    ZonedDateTime time = instant.atZone(zone);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        i++;
        text.append(directive(format.charAt(i), time));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private String directive(char directive, ZonedDateTime time) {
    if (PATTERNS.containsKey(directive)) {
      return DateTimeFormatter.ofPattern(PATTERNS.get(directive), Locale.ENGLISH).format(time);
    }
    int day = time.getDayOfYear() - 1;
    int sundayBased = time.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : time.getDayOfWeek().getValue();
    int mondayBased = time.getDayOfWeek().getValue() - 1;
    return switch (directive) {
      case '%' -> "%";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'c' -> format("%a %b %e %H:%M:%S %Y", time.toInstant());
      case 'e' -> "%2d".formatted(time.getDayOfMonth());
      case 'k' -> "%2d".formatted(time.getHour());
      case 'l' -> "%2d".formatted(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 's' -> Long.toString(time.toEpochSecond());
      case 'u' -> Integer.toString(mondayBased + 1);
      case 'w' -> Integer.toString(sundayBased);
      case 'U' -> "%02d".formatted((day + 7 - sundayBased) / 7);
      case 'W' -> "%02d".formatted((day + 7 - mondayBased) / 7);
      case 'V' -> "%02d".formatted(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'g' -> "%02d".formatted(time.get(IsoFields.WEEK_BASED_YEAR) % 100);
      case 'C' -> "%02d".formatted(time.getYear() / 100);
      default -> "%" + directive;
    };
  }
}
