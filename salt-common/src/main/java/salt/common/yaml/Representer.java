package salt.common.yaml;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.payload.Bytes;
import salt.common.payload.OrderedDict;
import salt.common.payload.PythonOrder;
import salt.common.payload.PythonText;

/** Gives every value its node: types, order of keys, anchors of what comes more than once. */
final class Representer {
  private static final int BASE64_LINE = 76;
  private static final String SET_TAG = "!!set";
  private static final String BINARY_TAG = "!!binary";

  private final DumpStyle style;
  private final IdentityHashMap<Object, String> anchors = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Boolean> written = new IdentityHashMap<>();

  Representer(DumpStyle style) {
    this.style = style;
  }

  DumpNode represent(Object value) {
    findAnchors(value, new IdentityHashMap<>());
    return node(value);
  }

  /** A container met a second time gets an anchor; numbers are given in the order of that. */
  private void findAnchors(Object value, IdentityHashMap<Object, Boolean> seen) {
    if (!isShareable(value)) {
      return;
    }
    if (seen.put(value, true) != null) {
      if (!anchors.containsKey(value)) {
        anchors.put(value, "id%03d".formatted(anchors.size() + 1));
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Object key : keys(map)) {
        findAnchors(key, seen);
        findAnchors(map.get(key), seen);
      }
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> findAnchors(item, seen));
    }
  }

  /** Empty containers may be one object in Java without the same being meant. */
  private static boolean isShareable(Object value) {
    return (value instanceof Map<?, ?> map && !map.isEmpty())
        || (value instanceof Collection<?> items && !items.isEmpty());
  }

  private DumpNode node(Object value) {
    String anchor = isShareable(value) ? anchors.get(value) : null;
    if (anchor != null && written.put(value, true) != null) {
      return new DumpNode.Alias(anchor);
    }
    if (value instanceof Map<?, ?> map) {
      return mapping(anchor, null, keys(map), map);
    } else if (value instanceof Set<?> set) {
      return mapping(anchor, SET_TAG, keys(set), new IdentityHashMap<>());
    } else if (value instanceof Collection<?> items) {
      List<DumpNode> nodes = new ArrayList<>();
      items.forEach(item -> nodes.add(node(item)));
      return new DumpNode.Sequence(anchor, nodes, isFlow(nodes));
    }
    return scalar(value);
  }

  private DumpNode mapping(String anchor, String tag, Collection<?> keys, Map<?, ?> values) {
    List<DumpNode.Entry> entries = new ArrayList<>();
    List<DumpNode> parts = new ArrayList<>();
    for (Object key : keys) {
      DumpNode keyNode = node(key);
      DumpNode valueNode = node(values.get(key));
      entries.add(new DumpNode.Entry(keyNode, valueNode));
      parts.add(keyNode);
      parts.add(valueNode);
    }
    return new DumpNode.Mapping(anchor, tag, entries, isFlow(parts));
  }

  private Collection<?> keys(Map<?, ?> map) {
    return map instanceof OrderedDict ? map.keySet() : keys(map.keySet());
  }

  /** Keys that have no order among them stay as they are. */
  private Collection<?> keys(Collection<?> keys) {
    return style.sortKeys()
        ? PythonOrder.sorted(keys).orElseGet(() -> new ArrayList<>(keys))
        : keys;
  }

  private boolean isFlow(List<DumpNode> parts) {
    return switch (style.flow()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case INNERMOST -> parts.stream().allMatch(Representer::isPlainScalar);
    };
  }

  private static boolean isPlainScalar(DumpNode node) {
    return node instanceof DumpNode.Scalar scalar && scalar.style() == ScalarStyle.PLAIN;
  }

  private DumpNode scalar(Object value) {
    if (value == null) {
      return scalar(Tags.NULL, "null");
    } else if (value instanceof CharSequence text) {
      return scalar(Tags.STR, text.toString());
    } else if (value instanceof Boolean) {
      return scalar(Tags.BOOL, value.toString());
    } else if (value instanceof Double || value instanceof Float) {
      return scalar(Tags.FLOAT, floatText(PythonText.repr(value)));
    } else if (value instanceof Number) {
      return scalar(Tags.INT, value.toString());
    } else if (value instanceof LocalDate || value instanceof LocalDateTime) {
      return scalar(Tags.TIMESTAMP, PythonText.str(value));
    } else if (value instanceof Bytes bytes) {
      return new DumpNode.Scalar(BINARY_TAG, base64(bytes), ScalarStyle.LITERAL, false, false);
    }
    // Salt writes what it has no form for as null, in capitals.
    return scalar(Tags.NULL, "NULL");
  }

  private DumpNode scalar(String tag, String text) {
    boolean plainImplied = Tags.ofPlain(text).equals(tag);
    return new DumpNode.Scalar(null, text, style.scalars(), plainImplied, tag.equals(Tags.STR));
  }

  /** A float without a point would not be read as one. */
  private static String floatText(String repr) {
    return switch (repr) {
      case "inf" -> ".inf";
      case "-inf" -> "-.inf";
      case "nan" -> ".nan";
      default -> repr.indexOf('.') < 0 ? repr.replace("e", ".0e") : repr;
    };
  }

  private static String base64(Bytes bytes) {
    byte[] newLine = {'\n'};
    return new String(
            Base64.getMimeEncoder(BASE64_LINE, newLine).encode(bytes.toArray()),
            StandardCharsets.US_ASCII)
        + "\n";
  }
}
