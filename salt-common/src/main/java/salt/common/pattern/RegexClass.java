package salt.common.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** A set of characters in a Python regular expression, {@code [...]}, and escaped characters. */
final class RegexClass {
  private final RegexSource source;
  private final RegexFlags flags;
  private final BitSet characters = new BitSet();
  private final List<IntPredicate> classes = new ArrayList<>();

  RegexClass(RegexSource source, RegexFlags flags) {
    this.source = source;
    this.flags = flags;
  }

  /** Reads the set whose opening bracket, at {@code start}, has been taken. */
  IntPredicate read(int start) {
    boolean negated = source.take('^');
    boolean first = true;
    while (first || source.peek() != ']') {
      first = false;
      int itemAt = source.position();
      int low = member(start);
      int dash = source.position();
      if (!source.take('-') || source.peek() == ']') {
        source.moveTo(dash);
        if (low >= 0) {
          characters.set(low);
        }
        continue;
      }
      int high = member(start);
      if (low < 0 || high < low) {
        throw source.problem(
            "bad character range " + source.between(itemAt, source.position()), itemAt);
      }
      characters.set(low, high + 1);
    }
    source.next();
    IntPredicate members = characters::get;
    for (IntPredicate more : classes) {
      members = members.or(more);
    }
    IntPredicate set = flags.set(members);
    return negated ? set.negate() : set;
  }

  /** One character of the set; -1 after it noted a class such as {@code \d}. */
  private int member(int start) {
    int at = source.position();
    int code = source.next();
    if (code < 0) {
      throw source.problem("unterminated character set", start);
    }
    if (code != '\\') {
      return code;
    }
    int letter = source.next();
    switch (letter) {
      case 'd', 's', 'w', 'D', 'S', 'W' -> classes.add(flags.escapeClass(letter));
      case 'b' -> {
        return '\b';
      }
      default -> {
        return escapedCharacter(source, letter, at);
      }
    }
    return -1;
  }

  /** The character that {@code \} and {@code letter}, already taken, stand for. */
  static int escapedCharacter(RegexSource source, int letter, int start) {
    return switch (letter) {
      case 'a' -> 0x07;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> hexadecimal(source, 2, start);
      case 'u' -> hexadecimal(source, 4, start);
      case 'U' -> hexadecimal(source, 8, start);
      case -1 -> throw source.problem("bad escape (end of pattern)", start);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        source.moveTo(start + 1);
        yield octal(source, start);
      }
      default -> {
        if (letter < 128 && Character.isLetterOrDigit(letter)) {
          throw source.problem("bad escape \\" + Character.toString(letter), start);
        }
        yield letter;
      }
    };
  }

  /** Up to three octal digits. */
  static int octal(RegexSource source, int start) {
    int octal = source.digits(8, 3);
    if (octal > 0377) {
      throw source.problem(
          "octal escape value "
              + source.between(start, source.position())
              + " outside of range 0-0o377",
          start);
    }
    return octal;
  }

  private static int hexadecimal(RegexSource source, int length, int start) {
    int at = source.position();
    int value = source.digits(16, length);
    if (source.position() - at != length) {
      throw source.problem("incomplete escape " + source.between(start, source.position()), start);
    }
    if (value > Character.MAX_CODE_POINT) {
      throw source.problem("bad escape " + source.between(start, source.position()), start);
    }
    return value;
  }
}
