package salt.common.jinja.filter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.loader.PythonError;

/** Salt's filter that writes dates. */
final class DateFilters {
  private static final int NANOSECONDS_PER_MICROSECOND = 1000;

  private DateFilters() {}

  static void add(Filters.Table table) {
    table.filter(
        "strftime,date_format",
        "date_format(date=None, format='%Y-%m-%d')",
        (e, a) -> format(date(a[0]), Texts.str(a[1])));
  }

  private static ZonedDateTime date(Object value) {
    ZoneId zone = ZoneId.systemDefault();
    if (value == null) {
      return ZonedDateTime.now(zone);
    } else if (value instanceof LocalDateTime time) {
      return time.atZone(zone);
    } else if (value instanceof LocalDate day) {
      return day.atStartOfDay(zone);
    }
    Object number = Texts.isText(value) ? Numbers.parseReal(Texts.str(value)).orElse(null) : value;
    if (number == null || !Types.isNumber(number)) {
      throw new PythonError(
          "RuntimeError", "Unable to parse " + Texts.str(value) + ". Consider installing timelib");
    }
    BigDecimal seconds = BigDecimal.valueOf(Numbers.real(number));
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    long micros =
        seconds.subtract(whole).movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValue();
    Instant instant =
        Instant.ofEpochSecond(whole.longValue(), micros * NANOSECONDS_PER_MICROSECOND);
    return instant.atZone(zone);
  }

  private static String format(ZonedDateTime date, String format) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        out.append(field(date, format.charAt(++i)));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String field(ZonedDateTime d, char field) {
    return switch (field) {
      case 'a' -> d.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> d.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> d.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> d.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'c' -> format(d, "%a %b %e %H:%M:%S %Y");
      case 'C' -> two(d.getYear() / 100);
      case 'd' -> two(d.getDayOfMonth());
      case 'D', 'x' -> format(d, "%m/%d/%y");
      case 'e' -> "%2d".formatted(d.getDayOfMonth());
      case 'F' -> format(d, "%Y-%m-%d");
      case 'f' -> "%06d".formatted(d.getNano() / NANOSECONDS_PER_MICROSECOND);
      case 'G' -> Integer.toString(d.get(IsoFields.WEEK_BASED_YEAR));
      case 'j' -> "%03d".formatted(d.getDayOfYear());
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> clock(d, field);
    };
  }

  private static String clock(ZonedDateTime d, char field) {
    int weekday = d.getDayOfWeek().getValue();
    return switch (field) {
      case 'H' -> two(d.getHour());
      case 'I' -> two((d.getHour() + 11) % 12 + 1);
      case 'm' -> two(d.getMonthValue());
      case 'M' -> two(d.getMinute());
      case 'p' -> d.getHour() < 12 ? "AM" : "PM";
      case 'r' -> format(d, "%I:%M:%S %p");
      case 'R' -> format(d, "%H:%M");
      case 's' -> Long.toString(d.toEpochSecond());
      case 'S' -> two(d.getSecond());
      case 'T', 'X' -> format(d, "%H:%M:%S");
      case 'u' -> Integer.toString(weekday);
      case 'U' -> two((d.getDayOfYear() + 6 - weekday % 7) / 7);
      case 'V' -> two(d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'w' -> Integer.toString(weekday % 7);
      case 'W' -> two((d.getDayOfYear() + 6 - (weekday - 1)) / 7);
      case 'y' -> two(d.getYear() % 100);
      case 'Y' -> Integer.toString(d.getYear());
      case 'z', 'Z' -> "";
      default -> "%" + field;
    };
  }

  private static String two(int number) {
    return "%02d".formatted(number);
  }
}
