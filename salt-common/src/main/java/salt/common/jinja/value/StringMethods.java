package salt.common.jinja.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;

/** Methods of text. The receiver is a str or a Markup, and what they give is of its type. */
final class StringMethods {
  static final Map<String, Method> TABLE = table();

  private StringMethods() {}

  private static Map<String, Method> table() {
    Methods<Object> methods = new Methods<>("str");
    addCasing(methods);
    addStripping(methods);
    addSearch(methods);
    addLayout(methods);
    addPredicates(methods);
    addConversions(methods);
    return methods.table();
  }

  /** The text of an argument. */
  static String text(Object value, String method, int place) {
    String text = Texts.orNull(value);
    if (text == null) {
      throw Errors.type(
          "%s() argument %d must be str, not %s".formatted(method, place, Types.of(value)));
    }
    return text;
  }

  private static void simple(Methods<Object> methods, String name, UnaryOperator<String> change) {
    methods.add(name + "()", (text, a) -> Texts.like(text, change.apply(Texts.orNull(text))));
  }

  private static void addCasing(Methods<Object> methods) {
    simple(methods, "upper", Casing::upper);
    simple(methods, "lower", Casing::lower);
    simple(methods, "capitalize", Casing::capitalize);
    simple(methods, "title", Casing::title);
    simple(methods, "swapcase", Casing::swap);
    simple(methods, "casefold", Casing::fold);
  }

  private static void addStripping(Methods<Object> methods) {
    methods
        .add("strip(chars=None)", (text, a) -> strip(text, a[0], "strip", true, true))
        .add("lstrip(chars=None)", (text, a) -> strip(text, a[0], "lstrip", true, false))
        .add("rstrip(chars=None)", (text, a) -> strip(text, a[0], "rstrip", false, true))
        .add(
            "removeprefix(prefix)",
            (text, a) -> {
              String whole = Texts.orNull(text);
              String prefix = text(a[0], "removeprefix", 1);
              boolean has = whole.startsWith(prefix);
              return Texts.like(text, has ? whole.substring(prefix.length()) : whole);
            })
        .add(
            "removesuffix(suffix)",
            (text, a) -> {
              String whole = Texts.orNull(text);
              String suffix = text(a[0], "removesuffix", 1);
              boolean has = whole.endsWith(suffix);
              return Texts.like(
                  text, has ? whole.substring(0, whole.length() - suffix.length()) : whole);
            });
  }

  private static Object strip(
      Object text, Object characters, String method, boolean left, boolean right) {
    if (characters != null && !Texts.isText(characters)) {
      throw Errors.type(method + " arg must be None or str");
    }
    return Texts.like(
        text, Spaces.strip(Texts.orNull(text), Texts.orNull(characters), left, right));
  }

  private static void addSearch(Methods<Object> methods) {
    methods
        .add("find(sub, start=None, end=None)", (text, a) -> StringSearch.find(text, a, "find"))
        .add(
            "rfind(sub, start=None, end=None)",
            (text, a) -> StringSearch.findLast(text, a, "rfind"))
        .add(
            "index(sub, start=None, end=None)",
            (text, a) -> StringSearch.found(StringSearch.find(text, a, "index")))
        .add(
            "rindex(sub, start=None, end=None)",
            (text, a) -> StringSearch.found(StringSearch.findLast(text, a, "rindex")))
        .add("count(sub, start=None, end=None)", StringSearch::count)
        .add(
            "startswith(prefix, start=None, end=None)",
            (text, a) -> affix(text, a, "startswith", String::startsWith))
        .add(
            "endswith(suffix, start=None, end=None)",
            (text, a) -> affix(text, a, "endswith", String::endsWith))
        .add("replace(old, new, count=-1)", StringSearch::replace)
        .add("+split(sep=None, maxsplit=-1)", (text, a) -> StringSplit.split(text, a, false))
        .add("+rsplit(sep=None, maxsplit=-1)", (text, a) -> StringSplit.split(text, a, true))
        .add("+splitlines(keepends=False)", StringMethods::lines)
        .add("partition(sep)", (text, a) -> StringSplit.partition(text, a[0], false))
        .add("rpartition(sep)", (text, a) -> StringSplit.partition(text, a[0], true));
  }

  private static Object affix(
      Object text, Object[] a, String method, BiPredicate<String, String> matches) {
    String part = StringSearch.part(Texts.orNull(text), a[1], a[2]);
    if (a[0] instanceof Tuple choices) {
      for (Object choice : choices) {
        if (!Texts.isText(choice)) {
          throw Errors.type(
              "tuple for %s must only contain str, not %s".formatted(method, Types.of(choice)));
        } else if (matches.test(part, Texts.orNull(choice))) {
          return true;
        }
      }
      return false;
    } else if (!Texts.isText(a[0])) {
      throw Errors.type(
          "%s first arg must be str or a tuple of str, not %s".formatted(method, Types.of(a[0])));
    }
    return matches.test(part, Texts.orNull(a[0]));
  }

  private static Object lines(Object text, Object[] a) {
    String whole = Texts.orNull(text);
    List<Object> lines = new ArrayList<>();
    int from = 0;
    for (String line : PythonText.lines(whole)) {
      int end = from + line.length();
      int next = whole.startsWith("\r\n", end) ? end + 2 : Math.min(whole.length(), end + 1);
      lines.add(Texts.like(text, Truth.of(a[0]) ? whole.substring(from, next) : line));
      from = next;
    }
    return lines;
  }

  private static void addLayout(Methods<Object> methods) {
    methods
        .add("center(width, fillchar=' ')", (text, a) -> StringLayout.pad(text, a, '^'))
        .add("ljust(width, fillchar=' ')", (text, a) -> StringLayout.pad(text, a, '<'))
        .add("rjust(width, fillchar=' ')", (text, a) -> StringLayout.pad(text, a, '>'))
        .add("zfill(width)", StringLayout::zeros)
        .add("+expandtabs(tabsize=8)", StringLayout::tabs);
  }

  private static void addPredicates(Methods<Object> methods) {
    predicate(methods, "isdigit", c -> Character.isDigit(c) || StringLayout.isDigit(c));
    predicate(methods, "isdecimal", Character::isDigit);
    predicate(methods, "isnumeric", StringLayout::isNumeric);
    predicate(methods, "isalpha", Character::isLetter);
    predicate(methods, "isalnum", c -> Character.isLetter(c) || StringLayout.isNumeric(c));
    predicate(methods, "isspace", Spaces::isSpace);
    methods
        .add("isupper()", (text, a) -> Casing.isUpper(Texts.orNull(text)))
        .add("islower()", (text, a) -> Casing.isLower(Texts.orNull(text)))
        .add("istitle()", (text, a) -> Casing.isTitle(Texts.orNull(text)))
        .add("isascii()", (text, a) -> Texts.orNull(text).chars().allMatch(c -> c < 128))
        .add("isidentifier()", (text, a) -> StringLayout.isIdentifier(Texts.orNull(text)))
        .add("isprintable()", (text, a) -> StringLayout.isPrintable(Texts.orNull(text)));
  }

  private static void predicate(Methods<Object> methods, String name, IntPredicate each) {
    methods.add(
        name + "()",
        (text, a) -> {
          String whole = Texts.orNull(text);
          return !whole.isEmpty() && whole.codePoints().allMatch(each);
        });
  }

  private static void addConversions(Methods<Object> methods) {
    methods
        .add("join(iterable)", StringMethods::join)
        .add(
            "+encode(encoding='utf-8', errors='strict')",
            (text, a) ->
                Encodings.encode(
                    Texts.orNull(text), text(a[0], "encode", 1), text(a[1], "encode", 2)))
        .add("format(*)", (text, a) -> format(text, (List<?>) a[0], (Map<?, ?>) a[1]))
        .add("format_map(mapping)", (text, a) -> format(text, List.of(), (Map<?, ?>) a[0]))
        .add("translate(table)", StringLayout::translate)
        .add("maketrans(x, y=ABSENT, z=ABSENT)", (text, a) -> StringLayout.table(a));
  }

  private static Object format(Object text, List<?> positional, Map<?, ?> keywords) {
    return Texts.like(text, BraceFormat.format(Texts.orNull(text), positional, keywords));
  }

  private static Object join(Object separator, Object[] a) {
    if (!Iteration.possible(a[0])) {
      throw Errors.type("can only join an iterable");
    }
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (Object item : Iteration.over(a[0])) {
      if (!Texts.isText(item) && !(separator instanceof Markup)) {
        throw Errors.type(
            "sequence item %d: expected str instance, %s found".formatted(number, Types.of(item)));
      }
      out.append(number++ == 0 ? "" : Texts.orNull(separator));
      out.append(separator instanceof Markup ? Markup.escape(item).content() : Texts.orNull(item));
      Arithmetic.checkSize(out.length());
    }
    return Texts.like(separator, out.toString());
  }

  /** Three pieces of text as tuple. */
  static Tuple triple(Object model, String one, String two, String three) {
    return Tuple.of(
        Arrays.asList(Texts.like(model, one), Texts.like(model, two), Texts.like(model, three)));
  }
}
