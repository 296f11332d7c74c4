package salt.common.jinja.value;

import java.util.Map;
import java.util.TreeMap;

/** A table of methods in the making. */
final class Methods<T> {
  private final String type;
  private final Map<String, Method> table = new TreeMap<>();

  Methods(String type) {
    this.type = type;
  }

  Methods<T> add(String declaration, Method.Body<T> body) {
    Method method = new Method(type, declaration, body);
    table.put(method.name(), method);
    return this;
  }

  Map<String, Method> table() {
    return Map.copyOf(table);
  }
}
