package salt.master.runner;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import salt.common.loader.CallException;
import salt.common.pattern.Glob;
import salt.common.payload.PythonText;

/** Which jobs {@code jobs.list_jobs} lists; a criterion that is null or empty matches all. */
record JobFilter(
    Object metadata, Object function, Object target, Object startTime, Object endTime) {
  /** Times as listings show them, and in the ISO form; the time of day may be shortened. */
  private static final List<DateTimeFormatter> FORMS =
      List.of(form("uuuu, MMM d[ H:mm[:ss]]"), form("uuuu-MM-dd['T'][ ][H:mm[:ss]]"));

  private static DateTimeFormatter form(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
        .toFormatter(Locale.ENGLISH);
  }

  boolean accepts(Map<String, Object> job) {
    return acceptsMetadata(job.get("Metadata"))
        && acceptsTarget(job.get("Target"))
        && acceptsText(job.get("Function"), function)
        && acceptsTime(job);
  }

  private boolean acceptsMetadata(Object actual) {
    if (!PythonText.truth(metadata)) {
      return true;
    }
    return actual instanceof Map<?, ?> known
        && metadata instanceof Map<?, ?> wanted
        && wanted.entrySet().stream()
            .anyMatch(
                entry ->
                    known.containsKey(entry.getKey())
                        && Objects.equals(known.get(entry.getKey()), entry.getValue()));
  }

  private boolean acceptsTarget(Object actual) {
    return actual instanceof List<?> several
        ? !PythonText.truth(target) || several.stream().anyMatch(each -> acceptsText(each, target))
        : acceptsText(actual, target);
  }

  /** Patterns are a list, or text with commas between them. */
  private static boolean acceptsText(Object actual, Object patterns) {
    if (!PythonText.truth(patterns)) {
      return true;
    }
    List<?> globs = patterns instanceof List<?> list ? list : List.of(split(patterns));
    return globs.stream()
        .anyMatch(glob -> Glob.of(PythonText.str(glob)).matches(PythonText.str(actual)));
  }

  private static Object[] split(Object patterns) {
    return PythonText.str(patterns).strip().split("\\s*,\\s*", -1);
  }

  private boolean acceptsTime(Map<String, Object> job) {
    if (!PythonText.truth(startTime) && !PythonText.truth(endTime)) {
      return true;
    }
    String started = String.valueOf(job.get("StartTime"));
    if (started.isEmpty()) {
      return false;
    }
    LocalDateTime time = time(started);
    return (!PythonText.truth(startTime) || !time.isBefore(time(startTime)))
        && (!PythonText.truth(endTime) || !time.isAfter(time(endTime)));
  }

  private static LocalDateTime time(Object given) {
    String text = PythonText.str(given).strip();
    for (DateTimeFormatter form : FORMS) {
      Optional<LocalDateTime> time = time(form, text);
      if (time.isPresent()) {
        return time.get();
      }
    }
    throw new CallException(
        CallException.Kind.INVOCATION,
        "Unknown time: '" + text + "'; write it as 2015, Mar 16 19:00 or 2015-03-16 19:00:00");
  }

  private static Optional<LocalDateTime> time(DateTimeFormatter form, String text) {
    try {
      TemporalAccessor parsed = form.parseBest(text, LocalDateTime::from, LocalDate::from);
      return Optional.of(
          parsed instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) parsed);
    } catch (DateTimeParseException otherForm) {
      return Optional.empty();
    }
  }
}
