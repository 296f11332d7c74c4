package salt.common.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import salt.common.payload.PythonText;
import salt.common.payload.Tuple;

/** Makes values of nodes, by Salt's rules: no key twice, merge keys, dates left as text. */
final class Constructor {
  private static final String MAPPING = "while constructing a mapping";
  private static final String PAIRS = "while constructing pairs";

  private final ScalarValues scalars = new ScalarValues();
  private final IdentityHashMap<LoadNode, Object> made = new IdentityHashMap<>();

  /** Containers are filled level by level, so that the outermost problem is the one reported. */
  private final Deque<Runnable> toFill = new ArrayDeque<>();

  Object construct(LoadNode root) {
    Object value = value(root);
    while (!toFill.isEmpty()) {
      toFill.remove().run();
    }
    return value;
  }

  private Object value(LoadNode node) {
    if (made.containsKey(node)) {
      return made.get(node);
    }
    Object value =
        switch (node.tag()) {
          case Tags.MAP, Tags.OMAP -> map(node);
          case Tags.SET -> set(node);
          case Tags.SEQ -> list(node);
          case Tags.PAIRS -> pairs(node);
          default -> scalars.value(node);
        };
    made.put(node, value);
    return value;
  }

  private Map<Object, Object> map(LoadNode node) {
    Map<Object, Object> map = new LinkedHashMap<>();
    toFill.add(() -> fill(map, mapping(node)));
    return map;
  }

  private Set<Object> set(LoadNode node) {
    Set<Object> set = new LinkedHashSet<>();
    toFill.add(
        () -> {
          Map<Object, Object> map = new LinkedHashMap<>();
          fill(map, mapping(node));
          set.addAll(map.keySet());
        });
    return set;
  }

  private List<Object> list(LoadNode node) {
    List<Object> list = new ArrayList<>();
    toFill.add(() -> sequence(node).items().forEach(item -> list.add(value(item))));
    return list;
  }

  private List<Object> pairs(LoadNode node) {
    List<Object> list = new ArrayList<>();
    toFill.add(
        () -> {
          if (!(node instanceof LoadNode.Sequence sequence)) {
            throw problem(PAIRS, node, "expected a sequence, but found " + node.id(), node.place());
          }
          sequence.items().forEach(item -> list.add(pair(node, item)));
        });
    return list;
  }

  private Tuple pair(LoadNode pairs, LoadNode item) {
    if (!(item instanceof LoadNode.Mapping mapping)) {
      String found = "expected a mapping of length 1, but found " + item.id();
      throw problem(PAIRS, pairs, found, item.place());
    } else if (mapping.pairs().size() != 1) {
      String found = "expected a single mapping item, but found %d items";
      throw problem(PAIRS, pairs, found.formatted(mapping.pairs().size()), item.place());
    }
    LoadNode.Pair pair = mapping.pairs().get(0);
    List<Object> both = new ArrayList<>();
    both.add(value(pair.key()));
    both.add(value(pair.value()));
    return Tuple.of(both);
  }

  private void fill(Map<Object, Object> map, LoadNode.Mapping mapping) {
    flatten(mapping);
    Set<Object> seen = new HashSet<>();
    for (LoadNode.Pair pair : mapping.pairs()) {
      Object key = value(key(pair.key()));
      if (key instanceof Map || key instanceof List || key instanceof Set) {
        throw problem(MAPPING, mapping, unacceptable(pair.key()), pair.key().place());
      }
      Object value = value(pair.value());
      if (!seen.add(comparable(key))) {
        String found = "found conflicting ID '" + PythonText.str(key) + "'";
        throw problem(MAPPING, mapping, found, pair.key().place());
      }
      map.put(key, value);
    }
  }

  /** An equals sign is a value only where YAML looks for one, so that it is text as a key. */
  private static LoadNode key(LoadNode key) {
    return key instanceof LoadNode.Scalar scalar && key.tag().equals(Tags.VALUE)
        ? new LoadNode.Scalar(Tags.STR, scalar.value(), scalar.place())
        : key;
  }

  /** For Python true is one is 1.0, as a key too. */
  private static Object comparable(Object key) {
    if (key instanceof Boolean flag) {
      return flag ? 1.0 : 0.0;
    } else if (key instanceof Long number && (double) number == number) {
      return (double) number;
    }
    return key;
  }

  private static String unacceptable(LoadNode key) {
    if (key instanceof LoadNode.Sequence sequence) {
      return "found unacceptable key " + sequence.showItems();
    } else if (key instanceof LoadNode.Mapping mapping) {
      return "found unacceptable key " + mapping.showPairs();
    }
    return "found unacceptable key " + key.show();
  }

  /** Puts what merge keys refer to before the pairs of the map, but for keys that it has itself. */
  private static void flatten(LoadNode.Mapping mapping) {
    List<LoadNode.Pair> merged = new ArrayList<>();
    List<LoadNode.Pair> own = new ArrayList<>();
    for (LoadNode.Pair pair : mapping.pairs()) {
      if (!pair.key().tag().equals(Tags.MERGE)) {
        own.add(pair);
      } else if (pair.value() instanceof LoadNode.Mapping source) {
        flatten(source);
        merged.addAll(source.pairs());
      } else if (pair.value() instanceof LoadNode.Sequence sources) {
        merged.addAll(flatten(mapping, sources));
      } else {
        String found =
            "expected a mapping or list of mappings for merging, but found " + pair.value().id();
        throw problem(MAPPING, mapping, found, pair.value().place());
      }
    }
    Set<Object> names = new HashSet<>();
    own.forEach(pair -> names.add(shown(pair.key())));
    merged.removeIf(pair -> names.contains(shown(pair.key())));
    mapping.pairs().clear();
    mapping.pairs().addAll(merged);
    mapping.pairs().addAll(own);
  }

  private static List<LoadNode.Pair> flatten(LoadNode.Mapping mapping, LoadNode.Sequence sources) {
    List<LoadNode.Pair> merged = new ArrayList<>();
    for (LoadNode item : sources.items()) {
      if (!(item instanceof LoadNode.Mapping source)) {
        String found = "expected a mapping for merging, but found " + item.id();
        throw problem(MAPPING, mapping, found, item.place());
      }
      flatten(source);
      merged.addAll(0, source.pairs());
    }
    return merged;
  }

  /** Keys are compared by their text, whatever their type: so does Salt here. */
  private static String shown(LoadNode key) {
    return key instanceof LoadNode.Scalar scalar ? scalar.value() : key.show();
  }

  private static LoadNode.Mapping mapping(LoadNode node) {
    if (node instanceof LoadNode.Mapping mapping) {
      return mapping;
    }
    throw unexpected("mapping", node);
  }

  private static LoadNode.Sequence sequence(LoadNode node) {
    if (node instanceof LoadNode.Sequence sequence) {
      return sequence;
    }
    throw unexpected("sequence", node);
  }

  static YamlProblem unexpected(String wanted, LoadNode node) {
    return new YamlProblem(
        YamlProblem.Kind.CONSTRUCTOR,
        "expected a " + wanted + " node, but found " + node.id(),
        node.place());
  }

  private static YamlProblem problem(String context, LoadNode around, String problem, Place place) {
    return new YamlProblem(YamlProblem.Kind.CONSTRUCTOR, context, around.place(), problem, place);
  }
}
