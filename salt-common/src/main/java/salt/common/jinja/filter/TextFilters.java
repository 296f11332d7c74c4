package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import salt.common.jinja.value.Access;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Attributes;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.PercentFormat;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;
import salt.common.loader.PythonError;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;

/** Jinja's filters of text. */
final class TextFilters {
  private TextFilters() {}

  static void add(Filters.Table table) {
    method(table, "upper", "do_upper", "upper");
    method(table, "lower", "do_lower", "lower");
    method(table, "capitalize", "do_capitalize", "capitalize");
    table
        .filter("title", "do_title(s)", (e, a) -> title(text(a[0])))
        .filter("string", "soft_str(s)", (e, a) -> text(a[0]))
        .filter("trim", "do_trim(value, chars=None)", (e, a) -> call(text(a[0]), "strip", a[1]))
        .filter("center", "do_center(value, width=80)", (e, a) -> call(text(a[0]), "center", a[1]))
        .filter("replace", "do_replace(@, s, old, new, count=None)", TextFilters::replace)
        .filter(
            "default,d",
            "do_default(value, default_value='', boolean=False)",
            TextFilters::fallback)
        .filter("format", "do_format(value, *args, **kwargs)", TextFilters::format)
        .filter("indent", "do_indent(s, width=4, first=False, blank=False)", TextFilters::indent)
        .filter("wordcount", "do_wordcount(s)", (e, a) -> words(Given.str(text(a[0]))))
        .filter(
            "wordwrap",
            "do_wordwrap(@, s, width=79, break_long_words=True, wrapstring=None,"
                + " break_on_hyphens=True)",
            (e, a) -> WordWrap.wrap(text(a[0]), a))
        .filter(
            "truncate",
            "do_truncate(@, s, length=255, killwords=False, end='...', leeway=None)",
            TextFilters::truncate)
        .filter("pprint", "do_pprint(value)", (e, a) -> PythonText.pretty(a[0], 1))
        .filter(
            "attr",
            "do_attr(@, obj, name)",
            (e, a) -> Access.onlyAttribute(a[0], Given.str(a[1]), e.lenient()));
  }

  /** The value as str, a Markup as it is. */
  static Object text(Object value) {
    return value instanceof Markup ? value : Texts.str(value);
  }

  static Object call(Object value, String method, Object... arguments) {
    Invocable found = (Invocable) Attributes.get(value, method);
    return found.call(Arguments.of(Arrays.asList(arguments)));
  }

  private static void method(Filters.Table table, String name, String declared, String method) {
    table.filter(name, declared + "(s)", (e, a) -> call(text(a[0]), method));
  }

  private static Object title(Object text) {
    StringBuilder out = new StringBuilder();
    boolean start = true;
    for (int code : Texts.orNull(text).codePoints().toArray()) {
      String one = Character.toString(code);
      out.append(Texts.str(call(one, start ? "upper" : "lower")));
      start = Character.isWhitespace(code) || "-({[<".indexOf(code) >= 0;
    }
    return Texts.like(text, out.toString());
  }

  private static Object replace(Evaluation evaluation, Object[] a) {
    Object count = a[3] == null ? -1L : a[3];
    if (!evaluation.autoescape()) {
      return call(Texts.str(a[0]), "replace", Texts.str(a[1]), Texts.str(a[2]), count);
    }
    return call(Markup.escape(a[0]), "replace", text(a[1]), text(a[2]), count);
  }

  private static Object fallback(Evaluation evaluation, Object[] a) {
    boolean empty = a[0] instanceof Undefined || (Truth.of(a[2]) && !Truth.of(a[0]));
    return empty ? a[1] : a[0];
  }

  private static Object format(Evaluation evaluation, Object[] a) {
    List<?> positional = (List<?>) a[1];
    Map<?, ?> keywords = (Map<?, ?>) a[2];
    if (!positional.isEmpty() && !keywords.isEmpty()) {
      throw Given.wrong("can't handle positional and keyword arguments at the same time");
    }
    Object given = keywords.isEmpty() ? Tuple.of(positional) : keywords;
    Object text = text(a[0]);
    return Texts.like(text, PercentFormat.format(text, given));
  }

  private static Object indent(Evaluation evaluation, Object[] a) {
    String blanks =
        Texts.isText(a[1])
            ? Texts.orNull(a[1])
            : " ".repeat(Math.max(0, Math.min(10_000, Numbers.index(a[1]))));
    if (a[0] instanceof Undefined undefined) {
      throw undefined.error();
    } else if (!Texts.isText(a[0])) {
      throw Errors.type("unsupported operand type(s) for +=: '" + Types.of(a[0]) + "' and 'str'");
    }
    String text = Texts.orNull(a[0]) + "\n";
    List<String> lines = new ArrayList<>(PythonText.lines(text));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean indented = i > 0 && (Truth.of(a[3]) || !line.isEmpty());
      out.append(i > 0 ? "\n" : "").append(indented ? blanks : "").append(line);
    }
    String result = out.toString();
    return Texts.like(a[0], Truth.of(a[2]) ? blanks + result : result);
  }

  private static Object words(String text) {
    long count = 0;
    boolean inside = false;
    for (int code : text.codePoints().toArray()) {
      boolean word = code == '_' || Character.isLetterOrDigit(code);
      count += word && !inside ? 1 : 0;
      inside = word;
    }
    return count;
  }

  private static Object truncate(Evaluation evaluation, Object[] a) {
    Object value = a[0] instanceof Undefined ? Texts.str(a[0]) : a[0];
    String text = Texts.str(value);
    String end = Texts.str(a[3]);
    int length = Numbers.index(a[1]);
    int leeway = a[4] == null ? 5 : Numbers.index(a[4]);
    if (length < Texts.length(end)) {
      throw new PythonError(
          "AssertionError", "expected length >= " + Texts.length(end) + ", got " + length);
    } else if (leeway < 0) {
      throw new PythonError("AssertionError", "expected leeway >= 0, got " + leeway);
    } else if (Texts.length(text) <= length + leeway) {
      return value;
    }
    String cut = Texts.slice(text, 0, length - Texts.length(end));
    int blank = cut.lastIndexOf(' ');
    String kept = Truth.of(a[2]) || blank < 0 ? cut : cut.substring(0, blank);
    return Texts.like(value instanceof PythonObject ? value : "", kept + end);
  }
}
