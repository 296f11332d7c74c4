package salt.common.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import salt.common.payload.PythonText;

/** A part of a document whose type is known and whose value is not made yet. */
sealed interface LoadNode {
  String tag();

  Place place();

  /** PyYAML's word for it, in messages. */
  String id();

  /** What PyYAML shows of it when it is a key. */
  String show();

  /** A scalar. */
  record Scalar(String tag, String value, Place place) implements LoadNode {
    @Override
    public String id() {
      return "scalar";
    }

    @Override
    public String show() {
      return "ScalarNode(tag=" + PythonText.repr(tag) + ", value=" + PythonText.repr(value) + ")";
    }
  }

  /** A list; the composer fills it. */
  record Sequence(String tag, List<LoadNode> items, Place place) implements LoadNode {
    Sequence(String tag, Place place) {
      this(tag, new ArrayList<>(), place);
    }

    @Override
    public String id() {
      return "sequence";
    }

    @Override
    public String show() {
      return "SequenceNode(tag=" + PythonText.repr(tag) + ", value=" + showItems() + ")";
    }

    String showItems() {
      return items.stream().map(LoadNode::show).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** A map; the composer fills it, and merge keys change it. */
  record Mapping(String tag, List<Pair> pairs, Place place) implements LoadNode {
    Mapping(String tag, Place place) {
      this(tag, new ArrayList<>(), place);
    }

    @Override
    public String id() {
      return "mapping";
    }

    @Override
    public String show() {
      return "MappingNode(tag=" + PythonText.repr(tag) + ", value=" + showPairs() + ")";
    }

    String showPairs() {
      return pairs.stream()
          .map(pair -> "(" + pair.key().show() + ", " + pair.value().show() + ")")
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** A key and its value. */
  record Pair(LoadNode key, LoadNode value) {}
}
