package salt.common.jinja.value;

import java.util.List;
import java.util.Map;

/** Formatting of text by {@code str.format}, with the sandbox's care about attributes. */
public final class BraceFormat {
  private static final int DEEPEST = 2;

  private final List<?> positional;
  private final Map<?, ?> keywords;
  private int automatic;
  private boolean numbered;

  private BraceFormat(List<?> positional, Map<?, ?> keywords) {
    this.positional = positional;
    this.keywords = keywords;
  }

  /** {@code format.format(*positional, **keywords)}. */
  public static String format(String format, List<?> positional, Map<?, ?> keywords) {
    return new BraceFormat(positional, keywords).expand(format, DEEPEST);
  }

  private String expand(String format, int depth) {
    if (depth < 0) {
      throw Errors.value("Max string recursion exceeded");
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      boolean doubled = at + 1 < format.length() && format.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        out.append(c);
        at += 2;
      } else if (c == '}') {
        throw Errors.value("Single '}' encountered in format string");
      } else if (c == '{') {
        int end = end(format, at + 1);
        out.append(field(format.substring(at + 1, end), depth));
        at = end + 1;
      } else {
        out.append(c);
        at++;
      }
      Arithmetic.checkSize(out.length());
    }
    return out.toString();
  }

  private static int end(String format, int start) {
    if (start >= format.length()) {
      throw Errors.value("Single '{' encountered in format string");
    }
    int depth = 1;
    boolean bracket = false;
    for (int at = start; at < format.length(); at++) {
      char c = format.charAt(at);
      bracket = c == '[' || (bracket && c != ']');
      depth += bracket ? 0 : c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return at;
      }
    }
    throw Errors.value("expected '}' before end of string");
  }

  private String field(String field, int depth) {
    int colon = -1;
    int mark = -1;
    boolean bracket = false;
    for (int i = 0; i < field.length() && colon < 0; i++) {
      char c = field.charAt(i);
      bracket = c == '[' || (bracket && c != ']');
      if (c == ':' && !bracket) {
        colon = i;
      } else if (c == '!' && !bracket && mark < 0) {
        mark = i;
      }
    }
    String spec = colon < 0 ? "" : field.substring(colon + 1);
    String head = colon < 0 ? field : field.substring(0, colon);
    char conversion = 0;
    if (mark >= 0) {
      if (head.length() != mark + 2) {
        throw Errors.value(
            head.length() == mark + 1
                ? "unmatched '{' in format spec"
                : "expected ':' after conversion specifier");
      }
      conversion = head.charAt(mark + 1);
      head = head.substring(0, mark);
    }
    Object value = converted(value(head), conversion);
    return FormatSpec.format(value, spec.indexOf('{') >= 0 ? expand(spec, depth - 1) : spec);
  }

  private static Object converted(Object value, char conversion) {
    return switch (conversion) {
      case 0 -> value;
      case 's' -> Texts.str(value);
      case 'r' -> Texts.repr(value);
      case 'a' -> PercentFormat.ascii(Texts.repr(value));
      default -> throw Errors.value("Unknown conversion specifier " + conversion);
    };
  }

  private Object value(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    Object value = first(path.substring(0, end));
    while (end < path.length()) {
      if (path.charAt(end) == '.') {
        int start = ++end;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        value = Access.attribute(value, path.substring(start, end));
      } else {
        int close = path.indexOf(']', end);
        if (close < 0) {
          throw Errors.value("Missing ']' in format string");
        }
        value = Access.item(value, key(path.substring(end + 1, close)));
        end = close + 1;
      }
    }
    return value;
  }

  private static Object key(String text) {
    return text.matches("\\d{1,18}") ? (Object) Long.valueOf(text) : text;
  }

  private Object first(String name) {
    String wanted = name;
    if (name.isEmpty()) {
      if (numbered) {
        throw Errors.value(
            "cannot switch from manual field specification to automatic field numbering");
      }
      wanted = Integer.toString(automatic++);
    } else if (name.matches("\\d{1,9}")) {
      if (automatic > 0) {
        throw Errors.value(
            "cannot switch from manual field specification to automatic field numbering");
      }
      numbered = true;
    } else {
      Object value = Maps.get(keywords, name);
      if (value == PythonObject.ABSENT) {
        throw Errors.key(name);
      }
      return value;
    }
    int index = Integer.parseInt(wanted);
    if (index >= positional.size()) {
      throw Errors.index("tuple index out of range");
    }
    return positional.get(index);
  }
}
