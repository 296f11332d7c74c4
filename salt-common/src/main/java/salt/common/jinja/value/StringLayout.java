package salt.common.jinja.value;

import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.payload.PythonText;

/** Padding, character classes and translation of text. */
final class StringLayout {
  private StringLayout() {}

  static Object pad(Object text, Object[] a, char align) {
    int width = Numbers.index(a[0]);
    String fill = Texts.orNull(a[1]);
    if (fill == null) {
      throw Errors.type("The fill character must be a unicode character, not " + Types.of(a[1]));
    } else if (Texts.length(fill) != 1) {
      throw Errors.type("The fill character must be exactly one character long");
    }
    return Texts.like(text, pad(Texts.orNull(text), width, fill, align));
  }

  static String pad(String text, int width, String fill, char align) {
    int missing = width - Texts.length(text);
    if (missing <= 0) {
      return text;
    }
    Arithmetic.checkSize(width);
    // Where it can't be even, Python's center puts the odd one left for odd widths.
    int left =
        switch (align) {
          case '<' -> 0;
          case '>' -> missing;
          default -> missing / 2 + (missing & width & 1);
        };
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }

  static Object zeros(Object text, Object[] a) {
    String whole = Texts.orNull(text);
    int missing = Numbers.index(a[0]) - Texts.length(whole);
    if (missing <= 0) {
      return text;
    }
    Arithmetic.checkSize(missing);
    boolean signed = whole.startsWith("-") || whole.startsWith("+");
    String sign = signed ? whole.substring(0, 1) : "";
    return Texts.like(text, sign + "0".repeat(missing) + whole.substring(sign.length()));
  }

  static Object tabs(Object text, Object[] a) {
    int size = Numbers.index(a[0]);
    Arithmetic.checkSize(size);
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int code : Texts.orNull(text).codePoints().toArray()) {
      if (code == '\t') {
        int blanks = size > 0 ? size - column % size : 0;
        out.append(" ".repeat(blanks));
        column += blanks;
        Arithmetic.checkSize(out.length());
      } else {
        out.appendCodePoint(code);
        column = code == '\n' || code == '\r' ? 0 : column + 1;
      }
    }
    return Texts.like(text, out.toString());
  }

  /** Superscripts and the like: digits that make no decimal number. */
  static boolean isDigit(int code) {
    return code == 0xb2
        || code == 0xb3
        || code == 0xb9
        || (code >= 0x2070
            && code <= 0x2089
            && Character.isDefined(code)
            && !Character.isLetter(code))
        || (code >= 0x2460 && code <= 0x249b);
  }

  static boolean isNumeric(int code) {
    int type = Character.getType(code);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.OTHER_NUMBER
        || type == Character.LETTER_NUMBER;
  }

  static boolean isIdentifier(String text) {
    int[] codes = text.codePoints().toArray();
    if (codes.length == 0 || !(codes[0] == '_' || Character.isUnicodeIdentifierStart(codes[0]))) {
      return false;
    }
    for (int code : codes) {
      if (!(code == '_' || Character.isUnicodeIdentifierPart(code))
          || Character.isIdentifierIgnorable(code)) {
        return false;
      }
    }
    return true;
  }

  static boolean isPrintable(String text) {
    for (int code : text.codePoints().toArray()) {
      String shown = PythonText.repr(Character.toString(code));
      if (shown.startsWith("'\\") && code != '\\') {
        return false;
      }
    }
    return true;
  }

  static Object translate(Object text, Object[] a) {
    StringBuilder out = new StringBuilder();
    for (int code : Texts.orNull(text).codePoints().toArray()) {
      Object target = Items.get(a[0], (long) code);
      if (target == PythonObject.ABSENT) {
        out.appendCodePoint(code);
      } else if (Types.isInteger(target)) {
        out.appendCodePoint(Numbers.index(target));
      } else if (target != null) {
        out.append(Texts.str(target));
      }
    }
    return Texts.like(text, out.toString());
  }

  static Object table(Object[] a) {
    Map<Object, Object> table = new LinkedHashMap<>();
    if (a[1] == PythonObject.ABSENT) {
      if (!(a[0] instanceof Map<?, ?> given)) {
        throw Errors.type("if you give only one argument to maketrans it must be a dict");
      }
      given.forEach(
          (key, value) ->
              table.put(key instanceof String s ? (Object) (long) s.codePointAt(0) : key, value));
      return table;
    }
    int[] from = StringMethods.text(a[0], "maketrans", 1).codePoints().toArray();
    int[] to = StringMethods.text(a[1], "maketrans", 2).codePoints().toArray();
    if (from.length != to.length) {
      throw Errors.value("the first two maketrans arguments must have equal length");
    }
    for (int i = 0; i < from.length; i++) {
      table.put((long) from[i], (long) to[i]);
    }
    if (a[2] != PythonObject.ABSENT) {
      StringMethods.text(a[2], "maketrans", 3)
          .codePoints()
          .forEach(code -> table.put((long) code, null));
    }
    return table;
  }
}
