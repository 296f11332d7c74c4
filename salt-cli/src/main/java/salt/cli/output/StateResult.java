package salt.cli.output;

import java.util.List;
import java.util.Map;
import salt.common.payload.PythonText;

/**
 * What one state returned.
 *
 * @param module the module of its function
 * @param id its id in the SLS file
 * @param name the name it worked on
 * @param function its function without the module
 * @param fields everything it returned
 */
record StateResult(String module, String id, String name, String function, Map<?, ?> fields) {
  private static final String SEPARATOR = "_\\|-";
  private static final int PARTS = 4;

  /**
   * Reads a result.
   *
   * @param tag module, id, name and function between {@code _|-}
   * @throws UnfitData when the tag does not have these parts
   */
  static StateResult of(Object tag, Map<?, ?> fields) {
    String[] parts = PythonText.str(tag).split(SEPARATOR, -1);
    if (parts.length < PARTS) {
      throw new UnfitData("a state's tag must have four parts: " + PythonText.repr(tag));
    }
    return new StateResult(parts[0], parts[1], parts[2], parts[parts.length - 1], fields);
  }

  /** The same with the id where the name stands. */
  StateResult namedById() {
    return new StateResult(module, id, id, function, fields);
  }

  /** True, false, or null when it would have changed something in a test. */
  Object result() {
    return fields.get("result");
  }

  boolean failed() {
    return Boolean.FALSE.equals(result());
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  /**
   * A field that every result has.
   *
   * @throws UnfitData when this one does not
   */
  Object required(String field) {
    if (!fields.containsKey(field)) {
      throw new UnfitData("the result of a state has no " + field);
    }
    return fields.get(field);
  }

  String text(String field) {
    return PythonText.str(required(field));
  }

  /** Its warnings; a text counts as a list of its letters, as Python has it. */
  List<String> warnings() {
    Object warnings = required("warnings");
    if (warnings instanceof List<?> list) {
      return list.stream().map(PythonText::str).toList();
    }
    return PythonText.str(warnings).codePoints().mapToObj(Character::toString).toList();
  }
}
