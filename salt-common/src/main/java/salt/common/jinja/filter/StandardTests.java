package salt.common.jinja.filter;

import java.util.List;
import java.util.Map;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Attributes;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.Invocable;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.PythonObject;
import salt.common.jinja.value.Range;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;
import salt.common.payload.Bytes;

/** Jinja's tests. */
final class StandardTests {
  private StandardTests() {}

  static void add(Filters.Table table) {
    addTypes(table);
    addComparisons(table);
    table
        .test("defined", "test_defined(value)", (e, a) -> !(a[0] instanceof Undefined))
        .test("undefined", "test_undefined(value)", (e, a) -> a[0] instanceof Undefined)
        .test(
            "filter",
            "test_filter(@, value)",
            (e, a) -> e.filters().filter(Texts.str(a[0])) != null)
        .test("test", "test_test(@, value)", (e, a) -> e.filters().test(Texts.str(a[0])) != null)
        .test("odd", "test_odd(value)", (e, a) -> remainder(a[0], 2L, 1L))
        .test("even", "test_even(value)", (e, a) -> remainder(a[0], 2L, 0L))
        .test("divisibleby", "test_divisibleby(value, num)", (e, a) -> remainder(a[0], a[1], 0L))
        .test("lower", "test_lower(value)", (e, a) -> inCase(a[0], "islower"))
        .test("upper", "test_upper(value)", (e, a) -> inCase(a[0], "isupper"))
        .test("escaped", "test_escaped(value)", (e, a) -> a[0] instanceof Markup)
        .test("sameas", "test_sameas(value, other)", (e, a) -> same(a[0], a[1]))
        .test("in", "test_in(value, seq)", (e, a) -> Iteration.contains(a[1], a[0]))
        .test("callable", "callable(obj)", (e, a) -> callable(a[0]));
  }

  private static void addTypes(Filters.Table table) {
    table
        .test("none", "test_none(value)", (e, a) -> a[0] == null)
        .test("boolean", "test_boolean(value)", (e, a) -> a[0] instanceof Boolean)
        .test("true", "test_true(value)", (e, a) -> Boolean.TRUE.equals(a[0]))
        .test("false", "test_false(value)", (e, a) -> Boolean.FALSE.equals(a[0]))
        .test(
            "integer",
            "test_integer(value)",
            (e, a) -> Types.isInteger(a[0]) && !(a[0] instanceof Boolean))
        .test("float", "test_float(value)", (e, a) -> Numbers.isReal(a[0]))
        .test("number", "test_number(value)", (e, a) -> Types.isNumber(a[0]))
        .test("string", "test_string(value)", (e, a) -> Texts.isText(a[0]))
        .test("mapping", "test_mapping(value)", (e, a) -> a[0] instanceof Map)
        .test("sequence", "test_sequence(value)", (e, a) -> sequence(a[0]))
        .test("iterable", "test_iterable(value)", (e, a) -> iterable(a[0]));
  }

  private static void addComparisons(Filters.Table table) {
    table
        .test("==,eq,equalto", "!eq(a, b)", (e, a) -> Comparison.equal(a[0], a[1]))
        .test("!=,ne", "!ne(a, b)", (e, a) -> !Comparison.equal(a[0], a[1]));
    ordered(table, "<,lt,lessthan", "lt", "<");
    ordered(table, "<=,le", "le", "<=");
    ordered(table, ">,gt,greaterthan", "gt", ">");
    ordered(table, ">=,ge", "ge", ">=");
  }

  private static void ordered(Filters.Table table, String names, String declared, String operator) {
    table.test(
        names, "!" + declared + "(a, b)", (e, a) -> Comparison.ordered(operator, a[0], a[1]));
  }

  private static boolean remainder(Object value, Object divisor, Object wanted) {
    return Comparison.equal(Arithmetic.modulo(value, divisor), wanted);
  }

  private static boolean inCase(Object value, String method) {
    Invocable test = (Invocable) Attributes.get(Texts.str(value), method);
    return Boolean.TRUE.equals(test.call(Arguments.NONE));
  }

  private static boolean same(Object one, Object other) {
    boolean small = one instanceof Long && other instanceof Long;
    boolean text = one instanceof String && other instanceof String;
    return one == other
        || ((small || text || (one instanceof Boolean && other instanceof Boolean))
            && one.equals(other));
  }

  private static boolean callable(Object value) {
    return value instanceof Invocable
        || value instanceof Undefined
        || (value instanceof PythonObject object && object.type().equals("function"));
  }

  private static boolean sequence(Object value) {
    if (value instanceof Undefined undefined) {
      return undefined.lenient();
    }
    return value instanceof List
        || value instanceof Map
        || Texts.isText(value)
        || value instanceof Range
        || value instanceof Bytes;
  }

  private static boolean iterable(Object value) {
    if (value instanceof Undefined undefined) {
      undefined.demandLenient();
      return true;
    }
    return Iteration.possible(value);
  }
}
