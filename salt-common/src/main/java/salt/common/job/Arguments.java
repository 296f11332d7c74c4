package salt.common.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments of one function, taken apart.
 *
 * @param positional in order
 * @param keyword by name, in order
 */
public record Arguments(List<Object> positional, Map<String, Object> keyword) {
  /** Marks the map that carries keyword arguments. */
  public static final String MARK = "__kwarg__";

  /** Copies both. */
  public Arguments {
    positional = Collections.unmodifiableList(new ArrayList<>(positional));
    keyword = Collections.unmodifiableMap(new LinkedHashMap<>(keyword));
  }

  /**
   * Takes apart the {@code arg} of a publication, as a minion does: maps with the mark, wherever
   * they are, and texts of the form {@code name=value}, whose value is read as YAML, are keyword
   * arguments. Other values were read by the sender and are kept.
   */
  public static Arguments ofPublication(Collection<?> arg) {
    List<Object> positional = new ArrayList<>();
    Map<String, Object> keyword = new LinkedHashMap<>();
    for (Object item : arg) {
      Map.Entry<String, String> named =
          item instanceof String text ? ArgumentText.keyword(text) : null;
      if (isMarked(item)) {
        putAll(keyword, (Map<?, ?>) item);
      } else if (named != null) {
        keyword.put(named.getKey(), ArgumentText.value(named.getValue()));
      } else {
        positional.add(item);
      }
    }
    return new Arguments(positional, keyword);
  }

  static Arguments ofWords(Collection<?> words, Set<String> noParse) {
    List<Object> positional = new ArrayList<>();
    Map<String, Object> keyword = new LinkedHashMap<>();
    for (Object word : words) {
      if (isMarked(word)) {
        putAll(keyword, (Map<?, ?>) word);
      } else if (word instanceof String text) {
        Map.Entry<String, String> named = ArgumentText.keyword(text);
        if (named == null) {
          positional.add(ArgumentText.value(text));
        } else if (noParse.contains(named.getKey())) {
          keyword.put(named.getKey(), named.getValue());
        } else {
          keyword.put(named.getKey(), ArgumentText.value(named.getValue()));
        }
      } else {
        positional.add(word);
      }
    }
    return new Arguments(positional, keyword);
  }

  /**
   * The {@code arg} of a publication: the positional arguments, then one marked map if there are
   * keyword arguments. A number that has the digits of a jid becomes text.
   */
  public List<Object> toPublication() {
    List<Object> arg = new ArrayList<>();
    for (Object item : positional) {
      arg.add(item instanceof Number && Jid.isValid(item.toString()) ? item.toString() : item);
    }
    if (!keyword.isEmpty()) {
      Map<Object, Object> marked = new LinkedHashMap<>();
      marked.put(MARK, true);
      marked.putAll(keyword);
      arg.add(marked);
    }
    return arg;
  }

  private static boolean isMarked(Object item) {
    return item instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get(MARK));
  }

  private static void putAll(Map<String, Object> keyword, Map<?, ?> marked) {
    marked.forEach(
        (name, value) -> {
          if (!MARK.equals(name)) {
            keyword.put(String.valueOf(name), value);
          }
        });
  }
}
