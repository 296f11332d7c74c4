package salt.common.jinja.filter;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.jinja.value.Undefined;

/** Jinja's filters for HTML and addresses. */
final class MarkupFilters {
  private static final Pattern TAGS = Pattern.compile("(?s)<!--.*?-->|<[^>]*>");
  private static final Pattern ADDRESS =
      Pattern.compile("^(?:https?://|www\\.)[^\\s<>]+$|^[\\w.-]+\\.(?:com|net|org)(?:[/?#]\\S*)?$");
  private static final Pattern BAD_NAME = Pattern.compile("[\\s/>=]");

  private MarkupFilters() {}

  static void add(Filters.Table table) {
    table
        .filter("escape,e", "escape(s)", (e, a) -> Markup.escape(a[0]))
        .filter("forceescape", "do_forceescape(value)", (e, a) -> Markup.escape(Texts.str(a[0])))
        .filter("safe", "do_mark_safe(value)", (e, a) -> new Markup(Texts.str(a[0])))
        .filter("striptags", "do_striptags(value)", (e, a) -> stripTags(Texts.str(a[0])))
        .filter("urlencode", "do_urlencode(value)", (e, a) -> urlEncode(a[0]))
        .filter(
            "urlize",
            "do_urlize(@, value, trim_url_limit=None, nofollow=False, target=None, rel=None,"
                + " extra_schemes=None)",
            (e, a) -> urlize(a))
        .filter("xmlattr", "do_xmlattr(@, d, autospace=True)", MarkupFilters::attributes);
  }

  private static String stripTags(String text) {
    String plain = TAGS.matcher(text).replaceAll("");
    String single = String.join(" ", plain.strip().split("\\s+", -1));
    return single
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static Object urlEncode(Object value) {
    if (Texts.isText(value) || !Iteration.possible(value) || value instanceof Undefined) {
      return quoted(Texts.str(value), false);
    }
    List<String> pairs = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (k, v) -> pairs.add(quoted(Texts.str(k), true) + "=" + quoted(Texts.str(v), true)));
    } else {
      for (Object each : Iteration.over(value)) {
        List<Object> pair = Iteration.list(each);
        if (pair.size() != 2) {
          throw Errors.value("too many values to unpack (expected 2)");
        }
        pairs.add(
            quoted(Texts.str(pair.get(0)), true) + "=" + quoted(Texts.str(pair.get(1)), true));
      }
    }
    return String.join("&", pairs);
  }

  private static String quoted(String text, boolean query) {
    String encoded =
        URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
    return query ? encoded : encoded.replace("+", "%20").replace("%2F", "/");
  }

  private static Object urlize(Object[] a) {
    String rel = a[4] == null ? "noopener" : Texts.str(a[4]);
    rel = Truth.of(a[2]) ? "nofollow " + rel : rel;
    String target = a[3] == null ? "" : " target=\"" + Markup.escape(a[3]).content() + "\"";
    int limit = a[1] == null ? Integer.MAX_VALUE : Numbers.index(a[1]);
    StringBuilder out = new StringBuilder();
    Matcher words = Pattern.compile("\\s+|\\S+").matcher(Markup.escape(a[0]).content());
    while (words.find()) {
      String word = words.group();
      int end = word.length();
      while (end > 0 && ".,)>!?;:".indexOf(word.charAt(end - 1)) >= 0) {
        end--;
      }
      String core = word.substring(0, end);
      if (!ADDRESS.matcher(core).find()) {
        out.append(word);
        continue;
      }
      String address = core.startsWith("http") ? core : "https://" + core;
      String shown = core.length() > limit ? core.substring(0, limit) + "..." : core;
      out.append("<a href=\"").append(address).append("\" rel=\"").append(rel).append('"');
      out.append(target).append('>').append(shown).append("</a>").append(word.substring(end));
    }
    return out.toString();
  }

  private static Object attributes(Evaluation evaluation, Object[] a) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<?, ?> entry : Given.map(a[0]).entrySet()) {
      if (entry.getValue() == null || entry.getValue() instanceof Undefined) {
        continue;
      }
      String name = Texts.str(entry.getKey());
      if (BAD_NAME.matcher(name).find()) {
        throw Errors.value("Invalid character in attribute name: " + Texts.repr(name));
      }
      String value = Markup.escape(entry.getValue()).content();
      parts.add(Markup.escape(name).content() + "=\"" + value + "\"");
    }
    String all = String.join(" ", parts);
    String spaced = Truth.of(a[1]) && !all.isEmpty() ? " " + all : all;
    return evaluation.autoescape() ? new Markup(spaced) : spaced;
  }
}
