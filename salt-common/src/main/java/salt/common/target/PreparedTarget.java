package salt.common.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A target as a client sends it to the master.
 *
 * @param target text, or for type list also a list
 * @param type the {@code tgt_type}; nodegroup has become compound
 */
public record PreparedTarget(Object target, String type) {
  /**
   * Does a client's part: nodegroups are replaced by what they stand for, and compound targets are
   * joined to one text.
   *
   * @param nodegroups the master's option of that name
   * @param configuration the configuration file, for the complaint
   * @throws TargetProblem when a nodegroup does not exist
   */
  public static PreparedTarget prepare(
      Object target, String type, Map<?, ?> nodegroups, String configuration) {
    Nodegroups groups = new Nodegroups(nodegroups);
    List<String> words;
    if (type.equals("nodegroup")) {
      words = resolve(String.valueOf(target), groups, configuration);
    } else if (type.equals("compound")) {
      words = CompoundWord.words(target);
    } else {
      return new PreparedTarget(target, type);
    }
    List<String> resolved = new ArrayList<>();
    for (String word : words) {
      String group = Nodegroups.reference(word);
      resolved.addAll(group == null ? List.of(word) : resolve(group, groups, configuration));
    }
    return new PreparedTarget(String.join(" ", resolved), "compound");
  }

  private static List<String> resolve(String name, Nodegroups groups, String configuration) {
    if (!groups.has(name)) {
      throw new TargetProblem("Node group " + name + " unavailable in " + configuration);
    }
    return groups.expand(name);
  }
}
