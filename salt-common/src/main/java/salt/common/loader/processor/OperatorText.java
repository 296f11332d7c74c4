package salt.common.loader.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns Javadoc into the text that {@code sys.doc} prints, shaped like a Python docstring. */
final class OperatorText {
  private static final Pattern BLOCK_TAG = Pattern.compile("^\\s*@(\\w+)\\s*(.*)$");
  private static final Pattern INLINE_TAG =
      Pattern.compile("\\{@(\\w+)\\s+([^{}]*(?:\\{[^{}]*}[^{}]*)*)}");
  private static final Pattern LINK = Pattern.compile("^(\\S+?(?:\\([^)]*\\))?)(?:\\s+(.+))?$");
  private static final Pattern MARKUP = Pattern.compile("</?(?:b|i|em|strong|code|ul|ol|li|p)>");
  private static final String INDENT = "    ";

  private final List<String> lines = new ArrayList<>();

  private OperatorText() {}

  /**
   * The text for a comment.
   *
   * @param comment the Javadoc as {@code Elements.getDocComment} gives it
   * @param parameterName the name in Salt of a parameter in Java
   * @param more descriptions of further parameters by their names in Salt, as {@link #parameters}
   *     gives them; empty ones are left out
   */
  static String of(String comment, UnaryOperator<String> parameterName, Map<String, String> more) {
    OperatorText text = new OperatorText();
    List<String> main = new ArrayList<>();
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    split(comment, main, parameters);
    text.prose(String.join("\n", main));
    parameters.forEach(
        (name, lines) -> text.parameter(parameterName.apply(name), String.join("\n", lines)));
    more.forEach(text::parameter);
    return text.docstring();
  }

  /** What a comment says of the parameters, by their names in Java. */
  static Map<String, String> parameters(String comment) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    split(comment, new ArrayList<>(), parameters);
    Map<String, String> joined = new LinkedHashMap<>();
    parameters.forEach((name, lines) -> joined.put(name, String.join("\n", lines)));
    return joined;
  }

  private static void split(
      String comment, List<String> main, Map<String, List<String>> parameters) {
    List<String> current = main;
    for (String line : comment.split("\n", -1)) {
      Matcher tag = BLOCK_TAG.matcher(line);
      if (!tag.matches()) {
        current.add(line);
      } else if (tag.group(1).equals("param")) {
        String[] words = tag.group(2).split("\\s+", 2);
        current = parameters.computeIfAbsent(words[0], name -> new ArrayList<>());
        current.add(words.length > 1 ? words[1] : "");
      } else if (tag.group(1).equals("return")) {
        current = main;
        main.add("");
        main.add("Returns " + tag.group(2));
      } else {
        current = new ArrayList<>();
      }
    }
  }

  private void prose(String comment) {
    int from = 0;
    int start;
    while ((start = comment.indexOf("<pre>", from)) >= 0) {
      int end = comment.indexOf("</pre>", start);
      end = end < 0 ? comment.length() : end;
      paragraphs(comment.substring(from, start));
      example(comment.substring(start + "<pre>".length(), end));
      from = Math.min(comment.length(), end + "</pre>".length());
    }
    paragraphs(comment.substring(from));
  }

  private void paragraphs(String prose) {
    String spaced =
        inline(prose.replace("<p>", "\n").replace("<ul>", "\n").replace("</ul>", "\n\n"))
            .replace("<li>", "- ");
    for (String line : MARKUP.matcher(spaced).replaceAll("").split("\n", -1)) {
      line(entities(line.strip()));
    }
  }

  private void parameter(String name, String description) {
    if (!description.isBlank()) {
      line("");
      line(name);
      indented(description);
    }
  }

  private void indented(String prose) {
    for (String line : inline(prose).strip().split("\n", -1)) {
      line(INDENT + entities(line.strip()));
    }
  }

  private void example(String code) {
    String content = code.strip();
    if (content.startsWith("{@code")) {
      content = content.substring("{@code".length(), content.length() - 1);
    } else {
      content = entities(content);
    }
    line("");
    for (String line : content.stripIndent().strip().split("\n", -1)) {
      line(line.isBlank() ? "" : INDENT + line.stripTrailing());
    }
    line("");
  }

  private static String inline(String text) {
    return INLINE_TAG
        .matcher(text)
        .replaceAll(tag -> Matcher.quoteReplacement(shown(tag.group(1), tag.group(2).strip())));
  }

  private static String shown(String tag, String content) {
    if (!tag.startsWith("link")) {
      return content;
    }
    Matcher link = LINK.matcher(content);
    if (link.matches() && link.group(2) != null) {
      return link.group(2);
    }
    String member = content.substring(content.indexOf('#') + 1).replaceAll("\\(.*", "");
    return content.contains("#") ? Names.snakeCase(member) : member;
  }

  private static String entities(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#64;", "@")
        .replace("&amp;", "&");
  }

  /** Adds a line; blank ones neither lead nor follow each other. */
  private void line(String line) {
    boolean afterBlank = lines.isEmpty() || lines.get(lines.size() - 1).isEmpty();
    if (!line.isBlank() || !afterBlank) {
      lines.add(line.isBlank() ? "" : line);
    }
  }

  private String docstring() {
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    StringBuilder text = new StringBuilder("\n");
    for (String line : lines) {
      text.append(line.isEmpty() ? "" : INDENT).append(line).append('\n');
    }
    return text.append(INDENT).toString();
  }
}
