package salt.cli.output;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.payload.PythonText;

/**
 * The part of Python's {@code str.format} that a {@code state_tabular} needs: fields by position,
 * items of maps, conversions, alignment and width.
 */
final class FormatString {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\{\\{|\\}\\}|\\{(?<position>\\d*)(?:\\[(?<item>[^\\]]*)\\])?(?:!(?<conversion>[rs]))?"
              + "(?::(?<spec>[^{}]*))?\\}|[{}]");
  private static final Pattern SPEC =
      Pattern.compile("(?:(?<fill>.)?(?<align>[<>^]))?(?<width>\\d*)s?");

  private FormatString() {}

  /**
   * Fills in the fields.
   *
   * @throws UnfitData when a field is not there or is not understood
   */
  static String format(String format, List<?> arguments) {
    Matcher token = TOKEN.matcher(format);
    StringBuilder out = new StringBuilder();
    int next = 0;
    while (token.find()) {
      String text;
      switch (token.group()) {
        case "{{" -> text = "{";
        case "}}" -> text = "}";
        case "{", "}" -> throw new UnfitData("a single bracket in the format " + format);
        default -> {
          String position = token.group("position");
          text = field(token, arguments, position.isEmpty() ? next++ : Integer.parseInt(position));
        }
      }
      token.appendReplacement(out, Matcher.quoteReplacement(text));
    }
    return token.appendTail(out).toString();
  }

  private static String field(Matcher token, List<?> arguments, int position) {
    if (position >= arguments.size()) {
      throw new UnfitData("the format has no field " + position);
    }
    Object value = arguments.get(position);
    String item = token.group("item");
    if (item != null) {
      if (!(value instanceof Map<?, ?> map) || !map.containsKey(item)) {
        throw new UnfitData("the format asks for " + item + ", which is not there");
      }
      value = map.get(item);
    }
    String text =
        "r".equals(token.group("conversion")) ? PythonText.repr(value) : PythonText.str(value);
    boolean number = token.group("conversion") == null && value instanceof Number;
    String spec = token.group("spec");
    return spec == null ? text : aligned(text, spec, number ? ">" : "<");
  }

  private static String aligned(String text, String spec, String usual) {
    Matcher parts = SPEC.matcher(spec);
    if (!parts.matches()) {
      throw new UnfitData("the format has a field that is not understood: " + spec);
    }
    String width = parts.group("width");
    int length = text.codePointCount(0, text.length());
    int missing = width.isEmpty() ? 0 : Math.max(0, Integer.parseInt(width) - length);
    String fill = parts.group("fill") == null ? " " : parts.group("fill");
    String align = parts.group("align") == null ? usual : parts.group("align");
    int left =
        switch (align) {
          case ">" -> missing;
          case "^" -> missing / 2;
          default -> 0;
        };
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }
}
