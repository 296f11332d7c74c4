package salt.minion.module;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import salt.common.loader.PythonError;
import salt.common.loader.PythonType;
import salt.common.payload.PythonText;

/** Whole numbers of what operators write, as Python's {@code int()} reads them. */
final class PythonInteger {
  private static final Pattern DIGITS =
      Pattern.compile("[+-]?\\d+(_\\d+)*", Pattern.UNICODE_CHARACTER_CLASS);

  private PythonInteger() {}

  /**
   * The whole number that a value stands for; what is behind the point is cut off.
   *
   * @throws PythonError a {@code ValueError} for other text, a {@code TypeError} for other values
   */
  static BigInteger of(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? BigInteger.ONE : BigInteger.ZERO;
    } else if (value instanceof Number number) {
      return new BigDecimal(number.toString()).toBigInteger();
    } else if (value instanceof String text) {
      if (isWritten(text)) {
        return new BigInteger(text.strip().replace("_", ""));
      }
      throw new PythonError(
          "ValueError", "invalid literal for int() with base 10: " + PythonText.repr(text));
    }
    throw new PythonError(
        "TypeError",
        "int() argument must be a string, a bytes-like object or a real number, not '%s'"
            .formatted(PythonType.of(value)));
  }

  /** Whether text is a whole number: digits, which single underscores may part. */
  static boolean isWritten(String text) {
    return DIGITS.matcher(text.strip()).matches();
  }
}
