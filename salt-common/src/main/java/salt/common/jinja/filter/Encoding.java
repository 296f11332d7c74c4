package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.jinja.value.Texts;
import salt.common.payload.Bytes;
import salt.common.payload.Tuple;

/** All text in data as bytes. */
final class Encoding {
  private Encoding() {}

  static Object encoded(Object value) {
    if (Texts.isText(value)) {
      return Bytes.utf8(Texts.orNull(value));
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> result = new LinkedHashMap<>();
      map.forEach((k, v) -> result.put(encoded(k), encoded(v)));
      return result;
    } else if (value instanceof List<?> list && !(value instanceof Tuple)) {
      List<Object> result = new ArrayList<>();
      list.forEach(item -> result.add(encoded(item)));
      return result;
    }
    return value;
  }
}
