package salt.common.jinja.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Comparison;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Truth;
import salt.common.jinja.value.Types;
import salt.common.jinja.value.Undefined;
import salt.common.loader.PythonError;

/** Jinja's filters of numbers. */
final class NumberFilters {
  private static final String[] DECIMAL = {"kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
  private static final String[] BINARY = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"};

  private NumberFilters() {}

  static void add(Filters.Table table) {
    table
        .filter("abs", "abs(x)", (e, a) -> absolute(a[0]))
        .filter("int", "do_int(value, default=0, base=10)", (e, a) -> integer(a[0], a[1], a[2]))
        .filter("float", "do_float(value, default=0.0)", (e, a) -> real(a[0], a[1]))
        .filter("round", "do_round(value, precision=0, method='common')", (e, a) -> round(a))
        .filter("filesizeformat", "do_filesizeformat(value, binary=False)", (e, a) -> size(a));
  }

  private static Object absolute(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (!Types.isNumber(value)) {
      throw Errors.type("bad operand type for abs(): '" + Types.of(value) + "'");
    }
    return Comparison.ordered("<", value, 0L)
        ? Arithmetic.negate(value)
        : Arithmetic.positive(value);
  }

  private static Object integer(Object value, Object fallback, Object base) {
    if (value instanceof Undefined undefined) {
      undefined.demandLenient();
    }
    String text = Texts.orNull(value);
    if (text == null) {
      if (Numbers.isReal(value) && Double.isInfinite(Numbers.real(value))) {
        throw new PythonError("NameError", "name 'inf' is not defined");
      } else if (Numbers.isReal(value)) {
        return Double.isNaN(Numbers.real(value)) ? fallback : Numbers.truncate(Numbers.real(value));
      }
      return Types.isInteger(value) ? Numbers.integer(Numbers.big(value)) : fallback;
    }
    Optional<Number> whole =
        Types.isInteger(base) ? Numbers.parseInteger(text, Numbers.index(base)) : Optional.empty();
    if (whole.isPresent()) {
      return whole.get();
    }
    Optional<Double> real = Numbers.parseReal(text);
    if (real.isEmpty() || real.get().isNaN()) {
      return fallback;
    }
    return Numbers.truncate(real.get());
  }

  private static Object real(Object value, Object fallback) {
    if (value instanceof Undefined undefined) {
      undefined.demandLenient();
    } else if (Types.isNumber(value)) {
      return Numbers.real(value);
    }
    String text = Texts.orNull(value);
    return text == null ? fallback : Numbers.parseReal(text).<Object>map(d -> d).orElse(fallback);
  }

  private static Object round(Object[] a) {
    Object value = a[0];
    String method = Texts.str(a[2]);
    if (value instanceof Undefined undefined) {
      throw undefined.error();
    } else if (!("common".equals(method) || "ceil".equals(method) || "floor".equals(method))) {
      throw Given.wrong("method must be common, ceil or floor");
    } else if (!Types.isNumber(value)) {
      throw Errors.type("type " + Types.of(value) + " doesn't define __round__ method");
    }
    int precision = Numbers.index(a[1]);
    if ("common".equals(method)) {
      return common(value, precision);
    }
    double factor = Math.pow(10, precision);
    double scaled = Numbers.real(value) * factor;
    return ("ceil".equals(method) ? Math.ceil(scaled) : Math.floor(scaled)) / factor;
  }

  private static Object common(Object value, int precision) {
    if (Types.isInteger(value)) {
      if (precision >= 0) {
        return Numbers.plain(value);
      }
      BigInteger unit = BigInteger.TEN.pow(Math.min(1000, -precision));
      BigDecimal rounded =
          new BigDecimal(Numbers.big(value))
              .divide(new BigDecimal(unit), 0, RoundingMode.HALF_EVEN);
      return Numbers.integer(rounded.toBigInteger().multiply(unit));
    }
    double real = Numbers.real(value);
    if (Double.isNaN(real) || Double.isInfinite(real) || precision > 400) {
      return real;
    }
    double rounded =
        new BigDecimal(real)
            .setScale(Math.max(-400, precision), RoundingMode.HALF_EVEN)
            .doubleValue();
    return rounded == 0 ? Math.copySign(0.0, real) : rounded;
  }

  private static Object size(Object[] a) {
    boolean binary = Truth.of(a[1]);
    Object given = a[0];
    if (given instanceof Undefined undefined) {
      throw undefined.error();
    }
    String text = Texts.orNull(given);
    if (text != null) {
      given =
          Numbers.parseReal(text)
              .orElseThrow(
                  () -> Errors.value("could not convert string to float: " + Texts.repr(text)));
    } else if (!Types.isNumber(given)) {
      throw Errors.type(
          "float() argument must be a string or a real number, not '" + Types.of(given) + "'");
    }
    double bytes = Numbers.real(given);
    double base = binary ? 1024 : 1000;
    if (bytes == 1) {
      return "1 Byte";
    } else if (bytes < base) {
      return Numbers.truncate(bytes) + " Bytes";
    }
    String[] units = binary ? BINARY : DECIMAL;
    double unit = base;
    String name = units[0];
    for (String each : units) {
      name = each;
      unit *= base;
      if (bytes < unit) {
        break;
      }
    }
    return new BigDecimal(base * bytes / unit).setScale(1, RoundingMode.HALF_EVEN) + " " + name;
  }
}
