package salt.common.jinja.value;

import salt.common.payload.PythonText;

/**
 * Text that is safe to put into HTML as it is: what the filters {@code escape}, {@code json} and
 * {@code yaml} give. Methods of text on it give such text again.
 *
 * @param content the text
 */
public record Markup(String content) implements PythonObject {
  /** The text with what means something in HTML replaced, unless it is marked safe already. */
  public static Markup escape(Object value) {
    if (value instanceof Markup markup) {
      return markup;
    }
    String text = Texts.str(value);
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return new Markup(out.toString());
  }

  @Override
  public String type() {
    return "Markup";
  }

  @Override
  public String qualifiedType() {
    return "markupsafe.Markup";
  }

  @Override
  public boolean truth() {
    return !content.isEmpty();
  }

  @Override
  public String text() {
    return content;
  }

  @Override
  public String toString() {
    return "Markup(" + PythonText.repr(content) + ")";
  }
}
