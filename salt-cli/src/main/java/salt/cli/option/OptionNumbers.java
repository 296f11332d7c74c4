package salt.cli.option;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers on a command line, as optparse takes them. */
final class OptionNumbers {
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern UNDERSCORE_BETWEEN_DIGITS =
      Pattern.compile("(?<=[0-9a-zA-Z])_(?=[0-9a-zA-Z])");

  private OptionNumbers() {}

  /** A whole number: decimal, 0x hexadecimal, 0b binary, or octal when it begins with 0. */
  static Object integer(String name, String value) {
    String digits = UNDERSCORE_BETWEEN_DIGITS.matcher(value.strip()).replaceAll("");
    String lower = digits.toLowerCase(Locale.ROOT);
    try {
      BigInteger number;
      if (lower.startsWith("0x")) {
        number = unsigned(lower.substring(2), 16);
      } else if (lower.startsWith("0b")) {
        number = unsigned(lower.substring(2), 2);
      } else if (lower.startsWith("0")) {
        number = unsigned(lower.startsWith("0o") ? lower.substring(2) : lower, 8);
      } else {
        number = new BigInteger(lower);
      }
      return number.bitLength() < 64 ? (Object) number.longValue() : number;
    } catch (NumberFormatException e) {
      throw CommandLineError.usage(
          "option " + name + ": invalid integer value: " + OptionParser.quoted(value));
    }
  }

  private static BigInteger unsigned(String digits, int radix) {
    if (digits.startsWith("+") || digits.startsWith("-")) {
      throw new NumberFormatException("a sign behind the prefix");
    }
    return new BigInteger(digits, radix);
  }

  /** A number with or without a fraction. */
  static Double number(String name, String value) {
    String digits = UNDERSCORE_BETWEEN_DIGITS.matcher(value.strip()).replaceAll("");
    if (FLOAT.matcher(digits).matches()) {
      return Double.parseDouble(digits);
    }
    return switch (digits.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan", "+nan", "-nan" -> Double.NaN;
      default ->
          throw CommandLineError.usage(
              "option " + name + ": invalid floating-point value: " + OptionParser.quoted(value));
    };
  }
}
