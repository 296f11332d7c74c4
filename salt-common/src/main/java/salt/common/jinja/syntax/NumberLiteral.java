package salt.common.jinja.syntax;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.jinja.value.Numbers;

/** Numbers in templates. */
final class NumberLiteral {
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?:[0-9]+_)*+[0-9]+(?:(?:\\.(?:[0-9]+_)*+[0-9]+)?[eE][+-]?(?:[0-9]+_)*+[0-9]+"
              + "|\\.(?:[0-9]+_)*+[0-9]+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?[0-9])*+|0(?:_?0)*+");

  private NumberLiteral() {}

  static int floatLength(String source, int at) {
    return length(FLOAT, source, at);
  }

  static int integerLength(String source, int at) {
    return length(INTEGER, source, at);
  }

  private static int length(Pattern pattern, String source, int at) {
    Matcher matcher = pattern.matcher(source).region(at, source.length());
    return matcher.lookingAt() ? matcher.end() - at : 0;
  }

  static Number integer(String text) {
    String digits = text.replace("_", "");
    char mark = digits.length() > 1 ? Character.toLowerCase(digits.charAt(1)) : '0';
    int radix = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
    return Numbers.integer(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
  }
}
