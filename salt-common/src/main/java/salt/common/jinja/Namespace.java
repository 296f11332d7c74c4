package salt.common.jinja;

import java.util.LinkedHashMap;
import java.util.Map;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Texts;

/** What {@code namespace()} makes: its attributes can be set from inner scopes. */
final class Namespace implements PythonObject {
  private final Map<Object, Object> attributes;

  Namespace(Map<Object, Object> attributes) {
    this.attributes = new LinkedHashMap<>(attributes);
  }

  void set(String name, Object value) {
    attributes.put(name, value);
  }

  @Override
  public String type() {
    return "Namespace";
  }

  @Override
  public String qualifiedType() {
    return "jinja2.utils.Namespace";
  }

  @Override
  public Object attribute(String name) {
    return attributes.containsKey(name) ? attributes.get(name) : ABSENT;
  }

  @Override
  public String toString() {
    return "<Namespace " + Texts.repr(attributes) + ">";
  }
}
