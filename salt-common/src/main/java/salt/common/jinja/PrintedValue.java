package salt.common.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;
import salt.common.payload.Tuple;
import salt.common.yaml.DumpStyle;
import salt.common.yaml.ScalarStyle;
import salt.common.yaml.Yaml;

/**
 * Containers as Salt prints them, so that YAML can read them back: ordered maps as plain ones, and
 * text in maps with ends of line or tabs in double quotes.
 */
final class PrintedValue {
  private static final DumpStyle QUOTED =
      DumpStyle.COMPACT.foldedAt(Integer.MAX_VALUE).withScalars(ScalarStyle.DOUBLE_QUOTED);

  private PrintedValue() {}

  static Object of(Object value) {
    if (value instanceof List<?> items) {
      refuseGroups(items);
    }
    return value instanceof Map || value instanceof List ? printed(value, true) : value;
  }

  /** Salt can't print the groups of {@code groupby} within a list, and fails. */
  private static void refuseGroups(List<?> items) {
    for (Object item : items) {
      if (item instanceof PythonObject && "_GroupTuple".equals(Types.of(item))) {
        throw Errors.type("_GroupTuple.__new__() missing 1 required positional argument: 'list'");
      }
    }
  }

  /**
   * The value with all maps within it made printable.
   *
   * @param strict whether what is undefined is an error: it is in maps, but not in lists
   */
  private static Object printed(Object value, boolean strict) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, each) -> plain.put(key, inMap(each, strict)));
      return plain;
    } else if (value instanceof List<?> list && list.stream().anyMatch(PrintedValue::holds)) {
      List<Object> plain = new ArrayList<>(list.size());
      list.forEach(item -> plain.add(printed(item, false)));
      return value instanceof Tuple ? Tuple.of(plain) : plain;
    }
    return value;
  }

  private static boolean holds(Object item) {
    return item instanceof Map || item instanceof List;
  }

  private static Object inMap(Object value, boolean strict) {
    if (strict && value instanceof Undefined undefined) {
      undefined.demandLenient();
    } else if (value instanceof String text && text.chars().anyMatch(c -> c < ' ')) {
      return new Quoted(text);
    }
    return printed(value, strict && value instanceof Map);
  }

  /** Text that is shown in double quotes with YAML's escapes. */
  private record Quoted(String content) implements PythonObject {
    @Override
    public String type() {
      return "str";
    }

    @Override
    public String toString() {
      String text = Yaml.dump(content, QUOTED);
      return text.substring(0, text.lastIndexOf('"') + 1);
    }
  }
}
