package salt.minion.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.payload.PythonText;

/**
 * Compares what a call gave with what was recorded. Order of keys means nothing; placeholders stand
 * for what differs from run to run; what cannot be equal, times, is left out.
 */
final class Expected {
  private static final Set<String> TIMES = Set.of("start_time", "duration");
  private static final Map<String, String> PLACEHOLDERS =
      Map.of(
          "$PID", "\\d+",
          "$JID", "\\d{20}",
          "$TMP", "[^/\\s]+",
          "$TIME", ".+?",
          "$ADDR", "[0-9a-f]+",
          "$TRACE", "(?s:.*)");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$(PID|JID|TMP|TIME|ADDR|TRACE)(?![A-Z])");

  private final String root;

  private Expected(String root) {
    this.root = root;
  }

  static Expected of(Path root) {
    return new Expected(root.toString());
  }

  /** Fails when they differ, with both in the message. */
  void compare(String what, Object recorded, Object given) {
    Object expected = TypedValues.read(recorded);
    Object actual = normal(given);
    List<String> differences = new ArrayList<>();
    compare(what, expected, actual, differences);
    assertThat(differences)
        .as("recorded %s%ngiven    %s", PythonText.repr(expected), PythonText.repr(actual))
        .isEmpty();
  }

  /** Without times, with {@code $ROOT} for the directory, numbers as JSON has them. */
  private Object normal(Object value) {
    if (value instanceof String text) {
      return text.replace(root, "$ROOT").replace(root.substring(1), "$RELROOT");
    } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    } else if (value instanceof Collection<?> list && !(value instanceof Set<?>)) {
      List<Object> result = new ArrayList<>();
      list.forEach(item -> result.add(normal(item)));
      return result;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> result = new LinkedHashMap<>();
      map.forEach(
          (key, item) -> {
            if (!TIMES.contains(key) || !map.containsKey("__run_num__")) {
              result.put(normal(key), normal(item));
            }
          });
      return result;
    }
    return value;
  }

  private void compare(String at, Object expected, Object actual, List<String> differences) {
    if (expected instanceof Map<?, ?> form && form.get("$unordered") instanceof List<?> items) {
      unordered(at, items, actual, differences);
    } else if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> given) {
      maps(at, wanted, given, differences);
    } else if (expected instanceof List<?> wanted && actual instanceof List<?> given) {
      if (wanted.size() != given.size()) {
        differences.add(at + ": recorded " + wanted + ", given " + given);
        return;
      }
      for (int i = 0; i < wanted.size(); i++) {
        compare(at + "[" + i + "]", wanted.get(i), given.get(i), differences);
      }
    } else if (!same(expected, actual)) {
      differences.add(
          at + ": recorded " + PythonText.repr(expected) + ", given " + PythonText.repr(actual));
    }
  }

  private void maps(String at, Map<?, ?> wanted, Map<?, ?> given, List<String> differences) {
    Map<String, Object> left = new TreeMap<>();
    given.forEach((key, value) -> left.put(PythonText.repr(key), value));
    wanted.forEach(
        (key, value) -> {
          String name = PythonText.repr(key);
          String found = left.containsKey(name) ? name : matching(name, left);
          if (found == null) {
            differences.add(at + ": no " + name);
          } else {
            compare(at + "." + name, value, left.remove(found), differences);
          }
        });
    left.forEach(
        (key, value) ->
            differences.add(at + ": unexpected " + key + ": " + PythonText.repr(value)));
  }

  private static String matching(String name, Map<String, Object> left) {
    Pattern pattern = pattern(name);
    return left.keySet().stream()
        .filter(key -> pattern.matcher(key).matches())
        .findFirst()
        .orElse(null);
  }

  /** Sections of a text that blank lines divide, or items of a list, in any order. */
  private static void unordered(String at, List<?> items, Object actual, List<String> differences) {
    List<String> wanted = new ArrayList<>(items.stream().map(PythonText::str).sorted().toList());
    List<String> given = new ArrayList<>();
    if (actual instanceof List<?> list) {
      list.forEach(item -> given.add(PythonText.str(item)));
    } else {
      Arrays.stream(PythonText.str(actual).split("\n\n", -1))
          .map(Expected::sorted)
          .forEach(given::add);
    }
    given.sort(null);
    if (!wanted.equals(given)) {
      differences.add(at + ": recorded in any order " + wanted + ", given " + given);
    }
  }

  /** Lines below the heading of what is removed come in any order. */
  private static String sorted(String section) {
    if (!section.startsWith("#### removed ####")) {
      return section;
    }
    List<String> lines = new ArrayList<>(Arrays.asList(section.split("\n", -1)));
    lines.subList(1, lines.size()).sort(null);
    return String.join("\n", lines);
  }

  private static boolean same(Object expected, Object actual) {
    if (expected instanceof String wanted && actual instanceof String given) {
      return wanted.equals(given) || pattern(wanted).matcher(given).matches();
    } else if (expected instanceof String wanted && actual instanceof Number) {
      return PLACEHOLDERS.containsKey(wanted) && pattern(wanted).matcher("" + actual).matches();
    } else if (expected instanceof Number wanted && actual instanceof Number given) {
      return wanted.doubleValue() == given.doubleValue();
    }
    return expected == null ? actual == null : expected.equals(actual);
  }

  private static Pattern pattern(String recorded) {
    Matcher matcher = PLACEHOLDER.matcher(recorded);
    StringBuilder regex = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      regex.append(Pattern.quote(recorded.substring(end, matcher.start())));
      regex.append(PLACEHOLDERS.get(matcher.group()));
      end = matcher.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(recorded.substring(end))).toString());
  }
}
