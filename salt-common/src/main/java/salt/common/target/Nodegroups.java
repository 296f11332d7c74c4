package salt.common.target;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.PythonText;

/** The {@code nodegroups} of a configuration: names for compound targets, which may nest. */
final class Nodegroups {
  private static final Logger log = LoggerFactory.getLogger(Nodegroups.class);
  private static final Set<String> OPERATORS = Set.of("and", "or", "not", "(", ")");
  private static final String REFERENCE = "N@";

  private final Map<?, ?> groups;

  Nodegroups(Map<?, ?> groups) {
    this.groups = groups;
  }

  boolean has(String name) {
    return groups.containsKey(name);
  }

  /** The name behind {@code N@}; null when the word is no reference. */
  static String reference(String word) {
    return word.length() > 2 && word.startsWith(REFERENCE) ? word.substring(2) : null;
  }

  /**
   * The words that a group stands for, references to other groups replaced. A group without
   * references is given as it is defined, without parentheses. Loops, unknown names and definitions
   * of a wrong type are logged and stand for nothing.
   *
   * @throws TargetProblem when a definition that is a list has something else than texts in it
   */
  List<String> expand(String name) {
    return expand(name, new HashSet<>());
  }

  private List<String> expand(String name, Set<String> within) {
    boolean outermost = within.isEmpty();
    List<?> words = definition(name, within);
    if (words == null) {
      return List.of();
    }
    within.add(name);
    boolean nested = false;
    List<String> expanded = new ArrayList<>();
    for (Object item : words) {
      String word = PythonText.str(item);
      String reference = reference(word);
      if (reference == null) {
        expanded.add(word);
      } else {
        nested = true;
        expanded.addAll(expand(reference, within));
      }
    }
    within.remove(name);
    List<String> plain = outermost && nested ? null : plainGroup(name, words);
    if (plain != null) {
      return plain;
    }
    return nested || !outermost ? parenthesised(expanded) : expanded;
  }

  private List<?> definition(String name, Set<String> within) {
    if (within.contains(name)) {
      log.error("Failed nodegroup expansion: illegal nested nodegroup \"{}\"", name);
      return null;
    }
    if (!groups.containsKey(name)) {
      log.error("Failed nodegroup expansion: unknown nodegroup \"{}\"", name);
      return null;
    }
    Object definition = groups.get(name);
    if (definition instanceof String text) {
      return CompoundWord.split(text);
    }
    if (definition instanceof List<?> words) {
      return words;
    }
    log.error("Nodegroup '{}' ({}) is neither text nor a list", name, definition);
    return null;
  }

  private static List<String> parenthesised(List<String> words) {
    if (words.isEmpty()) {
      return words;
    }
    List<String> all = new ArrayList<>();
    all.add("(");
    all.addAll(words);
    all.add(")");
    return all;
  }

  /**
   * A definition without operators, types and wildcards: a list of ids, or a regular expression
   * when it looks like one. Null when it is a compound target.
   */
  private static List<String> plainGroup(String name, List<?> words) {
    if (words.stream().anyMatch(OPERATORS::contains)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (Object word : words) {
      if (!(word instanceof String text)) {
        throw new TargetProblem("Nodegroup '" + name + "': '" + word + "' is not text");
      }
      texts.add(text);
    }
    if (texts.stream().anyMatch(word -> word.contains("*") || hasType(word))) {
      return null;
    }
    boolean regex = texts.stream().anyMatch(word -> word.matches("(?s).*[(\\[{\\\\?}\\])].*"));
    return List.of((regex ? "E@" : "L@") + String.join(",", texts));
  }

  private static boolean hasType(String word) {
    return word.length() > 1
        && word.charAt(0) >= 'A'
        && word.charAt(0) <= 'Z'
        && word.charAt(1) == '@';
  }
}
