package salt.minion.conformance;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import salt.common.payload.Bytes;

/** Values that JSON can't hold, as the recordings write them. */
final class TypedValues {
  private TypedValues() {}

  /** The value that a recording stands for. */
  static Object read(Object recorded) {
    if (recorded instanceof List<?> list) {
      return list(list);
    }
    return recorded instanceof Map<?, ?> map ? read(map) : recorded;
  }

  private static Object read(Map<?, ?> map) {
    if (map.get("$map") instanceof List<?> pairs) {
      Map<Object, Object> result = new LinkedHashMap<>();
      for (Object pair : pairs) {
        List<?> entry = (List<?>) pair;
        result.put(read(entry.get(0)), read(entry.get(1)));
      }
      return result;
    } else if (map.get("$bytes") instanceof String base64) {
      return Bytes.wrap(Base64.getDecoder().decode(base64));
    } else if (map.get("$set") instanceof List<?> items) {
      return new LinkedHashSet<>(list(items));
    } else if (map.get("$datetime") instanceof String iso) {
      return iso;
    }
    Map<Object, Object> result = new LinkedHashMap<>();
    map.forEach((key, value) -> result.put(key, read(value)));
    return result;
  }

  private static List<Object> list(List<?> recorded) {
    List<Object> result = new ArrayList<>();
    recorded.forEach(item -> result.add(read(item)));
    return result;
  }
}
