package salt.cli.option;

import java.util.ArrayList;
import java.util.List;

/**
 * All options of one program.
 *
 * @param program its name
 * @param usage what follows the name in the usage line
 * @param description what the program is for
 * @param groups the options; the first group is the general one
 */
public record OptionTable(String program, String usage, String description, List<Group> groups) {

  /**
   * Options that the help shows together.
   *
   * @param title its heading
   * @param options in the order of the help
   */
  public record Group(String title, List<Option> options) {
    /** The same group with other options. */
    public Group with(List<Option> others) {
      return new Group(title, List.copyOf(others));
    }
  }

  /** All options of all groups. */
  public List<Option> options() {
    List<Option> all = new ArrayList<>();
    for (Group group : groups) {
      all.addAll(group.options());
    }
    return all;
  }

  /** The group of that title; empty when there is none. */
  public List<Option> group(String title) {
    for (Group group : groups) {
      if (group.title().equals(title)) {
        return group.options();
      }
    }
    return List.of();
  }

  /** The line that shows how the program is called. */
  public String usageLine() {
    return "Usage: " + program + " " + usage;
  }
}
