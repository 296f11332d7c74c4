package salt.common.jinja.value;

/** Finding and replacing within text. Places are counted in code points. */
final class StringSearch {
  private StringSearch() {}

  static String part(String text, Object start, Object end) {
    if (start == null && end == null) {
      return text;
    }
    int length = Texts.length(text);
    int from = start == null ? 0 : place(start, length);
    int to = end == null ? length : place(end, length);
    return from > to ? "\uffff\uffff\uffff" : Texts.slice(text, from, to);
  }

  private static int place(Object value, int length) {
    if (!Types.isInteger(value)) {
      throw Errors.type("slice indices must be integers or None or have an __index__ method");
    }
    int index = Numbers.index(value);
    return Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }

  static Object find(Object text, Object[] a, String method) {
    return located(text, a, method, false);
  }

  static Object findLast(Object text, Object[] a, String method) {
    return located(text, a, method, true);
  }

  private static Object located(Object text, Object[] a, String method, boolean last) {
    String whole = Texts.orNull(text);
    String wanted = needle(a[0], method);
    String part = part(whole, a[1], a[2]);
    int at = last ? part.lastIndexOf(wanted) : part.indexOf(wanted);
    if (at < 0) {
      return -1L;
    }
    int offset = a[1] == null ? 0 : place(a[1], Texts.length(whole));
    return (long) offset + part.codePointCount(0, at);
  }

  static Object found(Object place) {
    if (place.equals(-1L)) {
      throw Errors.value("substring not found");
    }
    return place;
  }

  static Object count(Object text, Object[] a) {
    String wanted = needle(a[0], "count");
    String part = part(Texts.orNull(text), a[1], a[2]);
    if (wanted.isEmpty()) {
      return (long) Texts.length(part) + 1;
    }
    long count = 0;
    for (int at = part.indexOf(wanted); at >= 0; at = part.indexOf(wanted, at + wanted.length())) {
      count++;
    }
    return count;
  }

  private static String needle(Object value, String method) {
    if (!Texts.isText(value)) {
      throw Errors.type("must be str, not " + Types.of(value));
    }
    return StringMethods.text(value, method, 1);
  }

  static Object replace(Object text, Object[] a) {
    String old = StringMethods.text(a[0], "replace", 1);
    String replacement = StringMethods.text(a[1], "replace", 2);
    if (text instanceof Markup) {
      // Markup escapes what it is given, even what is looked for.
      old = Markup.escape(a[0]).content();
      replacement = Markup.escape(a[1]).content();
    }
    int most = Numbers.index(a[2]);
    return Texts.like(text, replace(Texts.orNull(text), old, replacement, most));
  }

  static String replace(String text, String old, String replacement, int most) {
    int left = most < 0 ? Integer.MAX_VALUE : most;
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (left > 0) {
      int at = text.indexOf(old, from);
      if (at < 0 || (old.isEmpty() && from > text.length())) {
        break;
      }
      out.append(text, from, at).append(replacement);
      Arithmetic.checkSize(out.length());
      left--;
      from = at + old.length();
      if (old.isEmpty()) {
        if (at >= text.length()) {
          return out.toString();
        }
        out.appendCodePoint(text.codePointAt(at));
        from = at + Character.charCount(text.codePointAt(at));
      }
    }
    return out.append(text, Math.min(from, text.length()), text.length()).toString();
  }
}
