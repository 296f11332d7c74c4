package salt.master.cache;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps one copy of each short text that many minions have, such as the names of grains. Holds at
 * most 100,000 texts; later ones are not shared.
 */
final class SharedTexts {
  private static final int MAX_TEXTS = 100_000;
  private static final int MAX_LENGTH = 64;

  private final Map<String, String> texts = new ConcurrentHashMap<>();

  /** The same value with its short texts replaced by the shared copies. */
  Object share(Object value) {
    if (value instanceof String text) {
      return text.length() > MAX_LENGTH ? text : share(text);
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> shared = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
      map.forEach((key, item) -> shared.put(share(key), share(item)));
      return shared;
    } else if (value instanceof List<?> items) {
      List<Object> shared = new ArrayList<>(items.size());
      items.forEach(item -> shared.add(share(item)));
      return shared;
    }
    return value;
  }

  private String share(String text) {
    String known = texts.get(text);
    if (known == null && texts.size() < MAX_TEXTS) {
      known = texts.putIfAbsent(text, text);
    }
    return known == null ? text : known;
  }
}
