package salt.common.jinja;

import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Texts;

/** What an import gives: the names that a template sets at its top, and its text. */
final class Module implements PythonObject {
  private final String name;
  private final String text;
  private final Map<String, Object> names = new LinkedHashMap<>();

  Module(String name, String text, Map<String, Object> all) {
    this.name = name;
    this.text = text;
    all.forEach(
        (key, value) -> {
          if (!key.startsWith("_")) {
            names.put(key, value);
          }
        });
  }

  @Override
  public Object attribute(String attribute) {
    if (names.containsKey(attribute)) {
      return names.get(attribute);
    }
    return "__name__".equals(attribute) ? name : ABSENT;
  }

  @Override
  public boolean guards(String attribute) {
    return "_body_stream".equals(attribute) || "__name__".equals(attribute);
  }

  @Override
  public String type() {
    return "TemplateModule";
  }

  @Override
  public String qualifiedType() {
    return "jinja2.environment.TemplateModule";
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return "<TemplateModule " + Texts.repr(name) + ">";
  }
}
