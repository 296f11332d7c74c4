package salt.common.jinja.filter;

import java.util.List;
import java.util.Optional;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.loader.PythonError;
import salt.common.pattern.PatternProblem;
import salt.common.pattern.PythonRegex;
import salt.common.payload.Tuple;

/** Regular expressions in filters: text, pattern, ignorecase, multiline in this order. */
final class Regex {
  private static final String SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";

  private Regex() {}

  private static PythonRegex compile(Object pattern, Object ignoreCase, Object multiline) {
    String flags = (Truth.of(ignoreCase) ? "i" : "") + (Truth.of(multiline) ? "m" : "");
    String text = Given.subject(pattern);
    try {
      PythonRegex plain = PythonRegex.compile(text);
      return flags.isEmpty() ? plain : PythonRegex.compile("(?" + flags + ")" + text);
    } catch (PatternProblem problem) {
      throw new PythonError("error", problem.getMessage());
    }
  }

  static Object groups(Object[] a, boolean atStart) {
    PythonRegex regex = compile(a[1], a[2], a[3]);
    String text = Given.subject(a[0]);
    Optional<PythonRegex.Match> match = atStart ? matched(regex, text) : found(regex, text, 0);
    if (match.isEmpty()) {
      return null;
    }
    List<String> groups = match.get().groups();
    return Tuple.of(groups.subList(1, groups.size()));
  }

  static boolean matches(Object[] a) {
    return matched(compile(a[1], a[2], a[3]), Given.subject(a[0])).isPresent();
  }

  private static Optional<PythonRegex.Match> matched(PythonRegex regex, String text) {
    try {
      return regex.matchStart(text);
    } catch (PatternProblem tooLong) {
      throw new PythonError("error", tooLong.getMessage());
    }
  }

  private static Optional<PythonRegex.Match> found(PythonRegex regex, String text, int from) {
    try {
      return regex.find(text, from);
    } catch (PatternProblem tooLong) {
      throw new PythonError("error", tooLong.getMessage());
    }
  }

  static Object replace(Object[] a) {
    PythonRegex regex = compile(a[1], a[3], a[4]);
    String replacement = Given.subject(a[2]);
    String text = Given.subject(a[0]);
    int length = Texts.length(text);
    StringBuilder out = new StringBuilder();
    int from = 0;
    int written = 0;
    expand(replacement, regex, null);
    while (from <= length) {
      Optional<PythonRegex.Match> match = found(regex, text, from);
      if (match.isEmpty()) {
        break;
      }
      int start = match.get().start();
      int end = match.get().end();
      out.append(Texts.slice(text, written, start));
      out.append(expand(replacement, regex, match.get()));
      Arithmetic.checkSize(out.length());
      written = end;
      from = start == end ? end + (start == length ? 1 : 0) : end;
      if (start == end && start < length) {
        // An empty match: what stands here is kept, and the search goes on behind it.
        out.append(Texts.slice(text, start, start + 1));
        written = start + 1;
        from = start + 1;
      }
    }
    return out.append(Texts.slice(text, Math.min(written, length), length)).toString();
  }

  private static String expand(String template, PythonRegex regex, PythonRegex.Match match) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at++);
      if (c != '\\' || at >= template.length()) {
        out.append(c);
        continue;
      }
      char next = template.charAt(at++);
      int simple = "abfnrtv\\".indexOf(next);
      if (next == 'g') {
        int end = template.indexOf('>', at);
        if (at >= template.length() || template.charAt(at) != '<' || end < 0) {
          throw new PythonError("error", "missing < at position " + at);
        }
        group(out, regex, match, template.substring(at + 1, end), at + 1);
        at = end + 1;
      } else if (next >= '1' && next <= '9') {
        boolean two = at < template.length() && Character.isDigit(template.charAt(at));
        String number = template.substring(at - 1, two ? at + 1 : at);
        group(out, regex, match, number, at - 1);
        at += two ? 1 : 0;
      } else if (next == '0') {
        out.append('\0');
      } else if (simple >= 0) {
        out.append("\u0007\b\f\n\r\t\u000b\\".charAt(simple));
      } else if (Character.isLetter(next)) {
        throw new PythonError("error", "bad escape \\" + next + " at position " + (at - 2));
      } else {
        out.append('\\').append(next);
      }
    }
    return out.toString();
  }

  private static void group(
      StringBuilder out, PythonRegex regex, PythonRegex.Match match, String name, int position) {
    boolean number = name.matches("\\d{1,4}");
    Integer index = number ? Integer.valueOf(name) : regex.groupNames().get(name);
    if (index == null) {
      throw new PythonError("IndexError", "unknown group name " + Texts.repr(name));
    } else if (match == null) {
      return;
    } else if (index >= match.groups().size()) {
      throw new PythonError(
          "error", "invalid group reference " + index + " at position " + position);
    }
    String text = match.groups().get(index);
    out.append(text == null ? "" : text);
  }

  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return out.toString();
  }
}
