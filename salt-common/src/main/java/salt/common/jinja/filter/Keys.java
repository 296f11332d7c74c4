package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import salt.common.jinja.value.Access;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Attributes;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;

/** The keys that filters sort, group and pick by: paths such as {@code a.b.0}. */
final class Keys {
  private Keys() {}

  /**
   * What takes the key from an item.
   *
   * @param path attributes with dots between them, a number, or null for the item itself
   * @param fold whether upper and lower case are the same
   * @param preset what stands for a key that is not there; null for nothing
   */
  static UnaryOperator<Object> of(Evaluation evaluation, Object path, boolean fold, Object preset) {
    List<Object> steps = steps(path);
    return item -> {
      evaluation.step();
      Object value = item;
      for (Object step : steps) {
        value = Access.item(value, step, evaluation.lenient());
        if (preset != null && value instanceof Undefined) {
          value = preset;
        }
      }
      return fold ? folded(value) : value;
    };
  }

  /** As {@link #of} with several paths, with commas between them, which give a list. */
  static UnaryOperator<Object> several(Evaluation evaluation, Object paths, boolean fold) {
    String text = Texts.orNull(paths);
    if (text == null || text.indexOf(',') < 0) {
      return of(evaluation, paths, fold, null);
    }
    List<UnaryOperator<Object>> keys = new ArrayList<>();
    for (String path : text.split(",", -1)) {
      keys.add(of(evaluation, path, fold, null));
    }
    return item -> {
      List<Object> values = new ArrayList<>();
      keys.forEach(key -> values.add(key.apply(item)));
      return values;
    };
  }

  private static List<Object> steps(Object path) {
    List<Object> steps = new ArrayList<>();
    String text = Texts.orNull(path);
    if (text != null) {
      for (String part : text.split("\\.", -1)) {
        steps.add(part.matches("\\d{1,18}") ? (Object) Long.valueOf(part) : part);
      }
    } else if (Types.isInteger(path)) {
      steps.add(path);
    }
    return steps;
  }

  /** Text in lower case, other values as they are. */
  static Object folded(Object value) {
    if (!Texts.isText(value)) {
      return value;
    }
    return ((Invocable) Attributes.get(value, "lower")).call(Arguments.NONE);
  }
}
