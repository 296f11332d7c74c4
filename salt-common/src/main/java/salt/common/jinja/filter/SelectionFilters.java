package salt.common.jinja.filter;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Generator;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;

/** Jinja's filters that apply tests and filters to the items of a sequence. */
final class SelectionFilters {
  private SelectionFilters() {}

  static void add(Filters.Table table) {
    table
        .filter("map", "do_map(value, *args, **kwargs)", SelectionFilters::map)
        .filter("select", "do_select(value, *args, **kwargs)", (e, a) -> select(e, a, true, false))
        .filter("reject", "do_reject(value, *args, **kwargs)", (e, a) -> select(e, a, false, false))
        .filter(
            "selectattr",
            "do_selectattr(value, *args, **kwargs)",
            (e, a) -> select(e, a, true, true))
        .filter(
            "rejectattr",
            "do_rejectattr(value, *args, **kwargs)",
            (e, a) -> select(e, a, false, true));
  }

  private static Arguments before(Object first, List<Object> rest, Map<String, Object> keywords) {
    List<Object> all = new ArrayList<>(rest.size() + 1);
    all.add(first);
    all.addAll(rest);
    return new Arguments(all, keywords);
  }

  private static Map<String, Object> keywords(Object value) {
    Map<String, Object> keywords = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((k, v) -> keywords.put(Texts.str(k), v));
    return keywords;
  }

  private static Object map(Evaluation evaluation, Object[] a) {
    // Python looks at the arguments only when the first item is asked for; a bad value first.
    return Generator.of("sync_do_map", new Mapped(evaluation, a));
  }

  private static UnaryOperator<Object> mapping(Evaluation evaluation, Object[] a) {
    List<Object> positional = Given.list(a[1]);
    Map<String, Object> keywords = keywords(a[2]);
    if (positional.isEmpty() && keywords.containsKey("attribute")) {
      Object attribute = keywords.remove("attribute");
      Object preset = keywords.remove("default");
      if (!keywords.isEmpty()) {
        String first = keywords.keySet().iterator().next();
        throw Given.wrong("Unexpected keyword argument " + Texts.repr(first));
      }
      return Keys.of(evaluation, attribute, false, preset);
    } else if (positional.isEmpty()) {
      throw Given.wrong("map requires a filter argument");
    }
    String name = Texts.str(positional.get(0));
    Filter filter = evaluation.filters().filter(name);
    if (filter == null) {
      throw Errors.template("No filter named " + Texts.repr(name) + ".");
    }
    List<Object> rest = positional.subList(1, positional.size());
    return item -> filter.apply(evaluation, before(item, rest, keywords));
  }

  private static final class Mapped implements Iterator<Object> {
    private final Evaluation evaluation;
    private final Object[] arguments;
    private Iterator<Object> items;
    private UnaryOperator<Object> mapping;

    Mapped(Evaluation evaluation, Object[] arguments) {
      this.evaluation = evaluation;
      this.arguments = arguments;
    }

    @Override
    public boolean hasNext() {
      if (items == null) {
        if (!Truth.of(arguments[0]) && Iteration.possible(arguments[0])) {
          items = List.of().iterator();
          return false;
        }
        mapping = mapping(evaluation, arguments);
        items = Iteration.iterator(arguments[0]);
      }
      return items.hasNext();
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      evaluation.step();
      return mapping.apply(items.next());
    }
  }

  private static Object select(
      Evaluation evaluation, Object[] a, boolean wanted, boolean attribute) {
    return Generator.of("select_or_reject", new Selected(evaluation, a, wanted, attribute));
  }

  private static final class Selected implements Iterator<Object> {
    private static final Object NOTHING = new Object();

    private final Evaluation evaluation;
    private final Object[] arguments;
    private final boolean wanted;
    private final boolean attribute;
    private Iterator<Object> items;
    private Predicate<Object> passes;
    private Object next = NOTHING;

    Selected(Evaluation evaluation, Object[] arguments, boolean wanted, boolean attribute) {
      this.evaluation = evaluation;
      this.arguments = arguments;
      this.wanted = wanted;
      this.attribute = attribute;
    }

    private void start() {
      if (!Truth.of(arguments[0]) && Iteration.possible(arguments[0])) {
        items = List.of().iterator();
        return;
      }
      List<Object> positional = Given.list(arguments[1]);
      UnaryOperator<Object> key = UnaryOperator.identity();
      if (attribute) {
        if (positional.isEmpty()) {
          throw Given.wrong("Missing parameter for attribute name");
        }
        key = Keys.of(evaluation, positional.get(0), false, null);
        positional = positional.subList(1, positional.size());
      }
      passes = passing(key, positional, keywords(arguments[2]));
      items = Iteration.iterator(arguments[0]);
    }

    private Predicate<Object> passing(
        UnaryOperator<Object> key, List<Object> positional, Map<String, Object> keywords) {
      if (positional.isEmpty()) {
        return item -> Truth.of(key.apply(item)) == wanted;
      }
      String name = Texts.str(positional.get(0));
      Test test = evaluation.filters().test(name);
      if (test == null) {
        throw Errors.template("No test named " + Texts.repr(name) + ".");
      }
      List<Object> rest = positional.subList(1, positional.size());
      return item -> test.apply(evaluation, before(key.apply(item), rest, keywords)) == wanted;
    }

    @Override
    public boolean hasNext() {
      if (items == null) {
        start();
      }
      while (next == NOTHING && items.hasNext()) {
        evaluation.step();
        Object item = items.next();
        if (passes.test(item)) {
          next = item;
        }
      }
      return next != NOTHING;
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Object item = next;
      next = NOTHING;
      return item;
    }
  }
}
