package salt.common.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import salt.common.payload.Bytes;
import salt.common.payload.PythonText;

/** The values of scalars by their tags. */
final class ScalarValues {
  private static final BigInteger SIXTY = BigInteger.valueOf(60);
  private static final Map<String, Boolean> TRUTHS =
      Map.of("yes", true, "no", false, "true", true, "false", false, "on", true, "off", false);

  /**
   * The value of a node.
   *
   * @throws YamlProblem when it is no scalar, its tag is unknown, or the text does not fit the tag
   */
  Object value(LoadNode node) {
    return switch (node.tag()) {
      case Tags.STR, Tags.TIMESTAMP, Tags.PYTHON_UNICODE -> text(node);
      case Tags.NULL -> {
        text(node);
        yield null;
      }
      case Tags.BOOL -> truth(text(node), node.place());
      case Tags.INT -> integer(text(node), node.place());
      case Tags.FLOAT -> real(text(node), node.place());
      case Tags.BINARY -> binary(text(node), node.place());
      default ->
          throw new YamlProblem(
              YamlProblem.Kind.CONSTRUCTOR,
              "could not determine a constructor for the tag " + PythonText.repr(node.tag()),
              node.place());
    };
  }

  private static String text(LoadNode node) {
    if (node instanceof LoadNode.Scalar scalar) {
      return scalar.value();
    } else if (node instanceof LoadNode.Mapping mapping) {
      for (LoadNode.Pair pair : mapping.pairs()) {
        if (pair.key().tag().equals(Tags.VALUE)) {
          return text(pair.value());
        }
      }
    }
    throw Constructor.unexpected("scalar", node);
  }

  private static Boolean truth(String text, Place place) {
    Boolean truth = TRUTHS.get(text.toLowerCase(Locale.ROOT));
    if (truth == null) {
      throw misfit(PythonText.repr(text.toLowerCase(Locale.ROOT)), place);
    }
    return truth;
  }

  /** Salt takes leading zeros off, so that 010 is ten; behind a sign they still mean octal. */
  private static Object integer(String text, Place place) {
    String digits = text;
    if (text.startsWith("0") && !text.startsWith("0b") && !text.startsWith("0x")) {
      digits = text.replaceFirst("^0+", "");
      digits = digits.isEmpty() ? "0" : digits;
    }
    digits = digits.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    BigInteger number = magnitude(digits, place);
    BigInteger signed = negative ? number.negate() : number;
    return signed.bitLength() < Long.SIZE ? (Object) signed.longValue() : signed;
  }

  private static BigInteger magnitude(String digits, Place place) {
    if (digits.startsWith("0b")) {
      return parsed(digits.substring(2), 2, place);
    } else if (digits.startsWith("0x")) {
      return parsed(digits.substring(2), 16, place);
    } else if (digits.startsWith("0") && digits.length() > 1) {
      return parsed(digits, 8, place);
    } else if (digits.indexOf(':') >= 0) {
      BigInteger number = BigInteger.ZERO;
      for (String part : digits.split(":", -1)) {
        number = number.multiply(SIXTY).add(parsed(part, 10, place));
      }
      return number;
    }
    return parsed(digits, 10, place);
  }

  private static BigInteger parsed(String digits, int base, Place place) {
    try {
      return new BigInteger(digits, base);
    } catch (NumberFormatException e) {
      throw misfit(
          "invalid literal for int() with base " + base + ": " + PythonText.repr(digits), place);
    }
  }

  private static Double real(String text, Place place) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    int sign = digits.startsWith("-") ? -1 : 1;
    if (digits.startsWith("-") || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    if (digits.equals(".inf")) {
      return sign * Double.POSITIVE_INFINITY;
    } else if (digits.equals(".nan")) {
      return Double.NaN;
    } else if (digits.indexOf(':') < 0) {
      return sign * decimal(digits, place);
    }
    String[] parts = digits.split(":", -1);
    double number = 0;
    double base = 1;
    for (int i = parts.length - 1; i >= 0; i--) {
      number += decimal(parts[i], place) * base;
      base *= 60;
    }
    return sign * number;
  }

  private static double decimal(String digits, Place place) {
    try {
      return new BigDecimal(digits.strip()).doubleValue();
    } catch (NumberFormatException e) {
      throw misfit("could not convert string to float: " + PythonText.repr(digits), place);
    }
  }

  /** Characters that are not of base64 are passed over. */
  private static Bytes binary(String text, Place place) {
    String digits = text.replaceAll("[^A-Za-z0-9+/=]", "");
    int length = digits.replace("=", "").length();
    if (length % 4 == 1 || digits.length() % 4 != 0) {
      throw new YamlProblem(
          YamlProblem.Kind.CONSTRUCTOR, "failed to decode base64 data: Incorrect padding", place);
    }
    return Bytes.wrap(Base64.getDecoder().decode(digits.substring(0, length)));
  }

  private static YamlProblem misfit(String message, Place place) {
    return new YamlProblem(YamlProblem.Kind.VALUE, message, place);
  }
}
