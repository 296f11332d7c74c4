package salt.common.payload;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that Python made as {@code OrderedDict}: it differs only in how it is written. */
public final class OrderedDict extends LinkedHashMap<Object, Object> {
  private static final long serialVersionUID = 1L;

  /** An empty one. */
  public OrderedDict() {}

  /** A copy of {@code entries}. */
  public OrderedDict(Map<?, ?> entries) {
    super(entries);
  }
}
