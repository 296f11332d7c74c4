package salt.common.jinja.filter;

import java.util.List;
import java.util.Map;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.loader.PythonError;

/** Data as XML: maps in maps are elements, plain values their attributes. */
final class XmlText {
  private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" ?>\n");

  private XmlText() {}

  static String of(Object value) {
    Object data = value;
    if (data instanceof List<?> list && !list.isEmpty()) {
      data = list.get(0);
    }
    if (!(data instanceof Map<?, ?> map) || map.isEmpty()) {
      throw Errors.template("Value is not a dict or list. Cannot render as XML");
    }
    XmlText text = new XmlText();
    List<? extends Map.Entry<?, ?>> entries = List.copyOf(map.entrySet());
    Map.Entry<?, ?> last = entries.get(entries.size() - 1);
    if (last.getValue() instanceof List) {
      throw new PythonError("AttributeError", "'NoneType' object has no attribute 'iter'");
    }
    text.element(Texts.str(last.getKey()), last.getValue(), 0);
    return text.out.toString();
  }

  private void element(String name, Object value, int depth) {
    String blanks = " ".repeat(depth);
    out.append(blanks).append('<').append(name);
    if (!(value instanceof Map<?, ?> map)) {
      out.append('>').append(escaped(Texts.str(value))).append("</").append(name).append(">\n");
      return;
    }
    map.forEach(
        (key, each) -> {
          if (!(each instanceof Map) && !(each instanceof List)) {
            out.append(' ').append(Texts.str(key)).append("=\"");
            out.append(escaped(Texts.str(each)).replace("\"", "&quot;")).append('"');
          }
        });
    boolean inner = map.values().stream().anyMatch(v -> v instanceof Map || v instanceof List);
    if (!inner) {
      out.append("/>\n");
      return;
    }
    out.append(">\n");
    map.forEach((key, each) -> children(Texts.str(key), each, depth + 1));
    out.append(blanks).append("</").append(name).append(">\n");
  }

  private void children(String name, Object value, int depth) {
    if (depth > 100) {
      throw Errors.type("data too deep for XML: " + Types.of(value));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> element(name, item, depth));
    } else if (value instanceof Map) {
      element(name, value, depth);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
