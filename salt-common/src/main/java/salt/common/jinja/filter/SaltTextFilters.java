package salt.common.jinja.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.jinja.value.Access;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Spaces;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;
import salt.common.payload.Bytes;
import salt.common.payload.Tuple;

/** Salt's filters of text. */
final class SaltTextFilters {
  private static final Pattern SIZE =
      Pattern.compile(
          "^(\\d+(?:\\.\\d+)?|\\.\\d+)\\s*([KMGTPEZY])?(iB|B|b|ib|IB)?$", Pattern.CASE_INSENSITIVE);
  private static final Pattern SAFE = Pattern.compile("[\\w@%+=:,./-]+");
  private static final String UNITS = "KMGTPEZY";

  private SaltTextFilters() {}

  static void add(Filters.Table table) {
    table
        .filter(
            "regex_search",
            "regex_search(txt, rgx, ignorecase=False, multiline=False)",
            (e, a) -> Regex.groups(a, false))
        .filter(
            "regex_match",
            "regex_match(txt, rgx, ignorecase=False, multiline=False)",
            (e, a) -> Regex.groups(a, true))
        .filter(
            "regex_replace",
            "regex_replace(txt, rgx, val, ignorecase=False, multiline=False)",
            (e, a) -> Regex.replace(a))
        .filter("regex_escape", "regex_escape(value)", (e, a) -> Regex.escape(Given.subject(a[0])))
        .test(
            "match",
            "test_match(txt, rgx, ignorecase=False, multiline=False)",
            (e, a) -> Regex.matches(a))
        .test("list", "is_list(value)", (e, a) -> SaltListFilters.isList(a[0]))
        .filter("quote", "quote(txt)", (e, a) -> quote(Given.subject(a[0])))
        .filter("to_bool", "to_bool(val)", (e, a) -> bool(a[0]))
        .filter("sequence", "ensure_sequence_filter(data)", (e, a) -> sequence(a[0]))
        .filter("skip", "skip_filter(data)", (e, a) -> "")
        .filter(
            "method_call", "method_call(obj, f_name, *f_args, **f_kwargs)", SaltTextFilters::method)
        .filter("to_num,str_to_num", "str_to_num(text)", (e, a) -> number(a[0]))
        .filter("is_hex", "is_hex(value)", (e, a) -> isHex(a[0]))
        .filter("contains_whitespace", "contains_whitespace(text)", (e, a) -> hasBlank(a[0]))
        .filter(
            "human_to_bytes",
            "human_to_bytes(size, default_unit='B', handle_metric=False)",
            (e, a) -> bytes(a))
        .filter(
            "to_snake_case", "camel_to_snake_case(camel_input)", (e, a) -> snake(Given.str(a[0])))
        .filter(
            "to_camelcase",
            "snake_to_camel_case(snake_input, uppercamel=False)",
            (e, a) -> camel(a))
        .filter("to_bytes", "to_bytes(s, encoding=None, errors='strict')", (e, a) -> toBytes(a[0]))
        .filter("path_join", "join(*parts, **kwargs)", (e, a) -> path((List<?>) a[0]))
        .filter(
            "check_whitelist_blacklist",
            "check_whitelist_blacklist(value, whitelist=None, blacklist=None)",
            (e, a) -> NameLists.allowed(Given.str(a[0]), a[1], a[2]));
  }

  private static String quote(String text) {
    return SAFE.matcher(text).matches() ? text : "'" + text.replace("'", "'\"'\"'") + "'";
  }

  private static boolean bool(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    } else if (Texts.isText(value)) {
      return List.of("yes", "1", "true").contains(Texts.orNull(value).toLowerCase(Locale.ROOT));
    } else if (Types.isInteger(value)) {
      return Numbers.big(value).signum() > 0;
    }
    boolean hashable = value == null || Numbers.isReal(value) || value instanceof Tuple;
    return !hashable && Iteration.sized(value) && Iteration.length(value) > 0;
  }

  private static Object sequence(Object value) {
    boolean already = value instanceof Collection || value instanceof Map;
    return already ? value : new ArrayList<>(Collections.singletonList(value));
  }

  private static Object method(Evaluation evaluation, Object[] a) {
    Object found = Access.onlyAttribute(a[0], Texts.str(a[1]), evaluation.lenient());
    if (!(found instanceof Invocable function) || found instanceof Undefined) {
      return null;
    }
    Map<String, Object> keywords = new LinkedHashMap<>();
    ((Map<?, ?>) a[3]).forEach((k, v) -> keywords.put(Texts.str(k), v));
    return function.call(new Arguments(Given.list(a[2]), keywords));
  }

  static Object number(Object value) {
    String text = Texts.orNull(value);
    if (text == null) {
      if (Types.isInteger(value)) {
        return Numbers.plain(value);
      } else if (Numbers.isReal(value)) {
        return Numbers.truncate(Numbers.real(value));
      }
      throw Errors.type(
          "int() argument must be a string, a bytes-like object or a real number, not '"
              + Types.of(value)
              + "'");
    }
    Optional<Number> whole = Numbers.parseInteger(text, 10);
    if (whole.isPresent()) {
      return whole.get();
    }
    return Numbers.parseReal(text).<Object>map(d -> d).orElse(value);
  }

  private static boolean isHex(Object value) {
    String text = Texts.orNull(value);
    return text != null && Numbers.parseInteger(text, 16).isPresent();
  }

  private static boolean hasBlank(Object value) {
    return Given.str(value).codePoints().anyMatch(Spaces::isSpace);
  }

  private static Object bytes(Object[] a) {
    Matcher matcher = SIZE.matcher(Texts.str(a[0]).strip());
    if (!matcher.matches()) {
      return 0L;
    }
    String unit = matcher.group(2);
    String suffix = matcher.group(3);
    boolean metric =
        Truth.of(a[2]) && suffix != null && suffix.toLowerCase(Locale.ROOT).equals("b");
    if (unit == null && suffix == null) {
      unit = Texts.str(a[1]).substring(0, 1);
    }
    int power = unit == null ? 0 : UNITS.indexOf(unit.toUpperCase(Locale.ROOT)) + 1;
    BigDecimal factor = BigDecimal.valueOf(metric ? 1000 : 1024).pow(power);
    return Numbers.integer(new BigDecimal(matcher.group(1)).multiply(factor).toBigInteger());
  }

  private static String snake(String text) {
    String words = text.replaceAll("(.)([A-Z][a-z]+)", "$1_$2");
    return words.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static String camel(Object[] a) {
    StringBuilder out = new StringBuilder();
    boolean upper = Truth.of(a[1]);
    for (String word : Given.str(a[0]).split("_", -1)) {
      boolean first = out.isEmpty() && !upper;
      out.append(
          first || word.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT)
                  + word.substring(1).toLowerCase(Locale.ROOT));
    }
    return out.toString();
  }

  private static Object toBytes(Object value) {
    return value instanceof Bytes ? value : Bytes.utf8(Given.unicode(value));
  }

  private static String path(List<?> parts) {
    List<String> texts = new ArrayList<>();
    for (Object part : parts) {
      texts.add(Given.unicode(part));
    }
    if (texts.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder(texts.get(0));
    for (String part : texts.subList(1, texts.size())) {
      String relative = part.replaceAll("^/+", "");
      out.append(out.isEmpty() || out.charAt(out.length() - 1) == '/' ? "" : "/").append(relative);
    }
    return normal(out.toString());
  }

  private static String normal(String path) {
    List<String> parts = new ArrayList<>();
    boolean rooted = path.startsWith("/");
    for (String part : path.split("/", -1)) {
      boolean up = "..".equals(part);
      if (up && !parts.isEmpty() && !"..".equals(parts.get(parts.size() - 1))) {
        parts.remove(parts.size() - 1);
      } else if (!part.isEmpty() && !".".equals(part) && !(up && rooted)) {
        parts.add(part);
      }
    }
    String joined = String.join("/", parts);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }
}
