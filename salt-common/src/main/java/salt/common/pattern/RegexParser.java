package salt.common.pattern;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import salt.common.pattern.RegexCode.Kind;
import salt.common.pattern.RegexCode.Place;

/** Reads a regular expression by the grammar of Python's {@code re} (3.11) into instructions. */
final class RegexParser {
  private static final int MAX_DEPTH = 100;
  private static final String FLAGS = "aiLmsux";

  private final RegexSource source;
  private final Map<String, Integer> names = new HashMap<>();
  private final Set<Integer> open = new HashSet<>();
  private int registers;
  private int groups;
  private int depth;

  private RegexParser(String pattern) {
    this.source = new RegexSource(pattern);
    // No more groups than parentheses; the registers behind theirs are for loops.
    this.registers = 2 + 2 * (int) pattern.chars().filter(code -> code == '(').count();
  }

  /**
   * A compiled pattern.
   *
   * @param code the instructions, group 0 around all
   * @param groups the number of groups
   * @param registers the number of registers a run needs
   * @param names the number of each named group
   */
  record Parsed(RegexCode code, int groups, int registers, Map<String, Integer> names) {}

  static Parsed parse(String pattern) {
    RegexParser parser = new RegexParser(pattern);
    RegexCode code = parser.alternatives(parser.globalFlags());
    if (!parser.source.atEnd()) {
      throw parser.source.problem("unbalanced parenthesis", parser.source.position());
    }
    return new Parsed(
        code.captured(0).ended(), parser.groups, parser.registers, Map.copyOf(parser.names));
  }

  private RegexFlags globalFlags() {
    RegexFlags flags = RegexFlags.NONE;
    while (true) {
      int start = source.position();
      RegexFlags more = flags;
      if (source.take('(') && source.take('?')) {
        while (isFlag(source.peek()) && source.peek() != 'L') {
          more = more.with(source.next(), true);
        }
      }
      if (source.position() <= start + 2 || !source.take(')')) {
        source.moveTo(start);
        return flags;
      }
      flags = more;
    }
  }

  private static boolean isFlag(int code) {
    return code >= 0 && FLAGS.indexOf(code) >= 0;
  }

  private RegexCode alternatives(RegexFlags flags) {
    Deque<RegexCode> branches = new ArrayDeque<>();
    branches.push(sequence(flags));
    while (source.take('|')) {
      branches.push(sequence(flags));
    }
    RegexCode code = branches.pop();
    while (!branches.isEmpty()) {
      code = branches.pop().or(code);
    }
    return code;
  }

  private RegexCode sequence(RegexFlags flags) {
    RegexCode before = RegexCode.EMPTY;
    Item item = null;
    boolean repeated = false;
    while (!source.atEnd() && source.peek() != '|' && source.peek() != ')') {
      int start = source.position();
      if (flags.verbose() && skipBlank()) {
        continue;
      }
      int[] range = repeatRange();
      if (range == null) {
        Item next = item(flags);
        if (next != null) {
          before = item == null ? before : before.then(item.code);
          item = next;
          repeated = false;
        }
      } else if (repeated) {
        throw source.problem("multiple repeat", start);
      } else if (item == null || !item.repeatable) {
        throw source.problem("nothing to repeat", start);
      } else {
        item = new Item(repeat(item.code, range), true);
        repeated = true;
      }
    }
    return item == null ? before : before.then(item.code);
  }

  private record Item(RegexCode code, boolean repeatable) {}

  private boolean skipBlank() {
    if (source.take('#')) {
      int code = source.next();
      while (code >= 0 && code != '\n') {
        code = source.next();
      }
      return true;
    }
    return " \t\n\r\u000b\f".indexOf(source.peek()) >= 0 && source.next() >= 0;
  }

  /** Takes a repeat: least and most, -1 without bound; null when none is here. */
  private int[] repeatRange() {
    int start = source.position();
    int[] range =
        switch (source.next()) {
          case '*' -> new int[] {0, -1};
          case '+' -> new int[] {1, -1};
          case '?' -> new int[] {0, 1};
          case '{' -> bracedRange(start);
          default -> null;
        };
    if (range == null) {
      source.moveTo(start);
    }
    return range;
  }

  private int[] bracedRange(int start) {
    int least = source.digits(10, 20);
    int most = least;
    if (source.take(',')) {
      most = source.digits(10, 20);
      least = Math.max(0, least);
    }
    if (least < 0 || !source.take('}')) {
      return null;
    }
    if (most >= 0 && most < least) {
      throw source.problem("min repeat greater than max repeat", start + 1);
    }
    return new int[] {least, most};
  }

  private RegexCode repeat(RegexCode item, int[] range) {
    boolean lazy = source.take('?');
    RegexCode repeated = item.repeated(range[0], range[1], lazy, registers++);
    return !lazy && source.take('+') ? repeated.atomic() : repeated;
  }

  /** One item; null for a comment. */
  private Item item(RegexFlags flags) {
    int start = source.position();
    int code = source.next();
    return switch (code) {
      case '\\' -> escape(flags, start);
      case '[' -> item(RegexCode.character(new RegexClass(source, flags).read(start)));
      case '(' -> group(flags, start);
      case '.' -> item(RegexCode.character(any -> flags.dotAll() || any != '\n'));
      case '^' -> place(flags.multiline() ? Place.LINE_START : Place.START);
      case '$' -> place(flags.multiline() ? Place.LINE_END : Place.END_OR_LAST_NEWLINE);
      default -> item(RegexCode.character(flags.character(code)));
    };
  }

  private static Item item(RegexCode code) {
    return new Item(code, true);
  }

  private static Item place(Place place) {
    return new Item(RegexCode.place(place), false);
  }

  private Item escape(RegexFlags flags, int start) {
    int code = source.next();
    return switch (code) {
      case 'A' -> place(Place.START);
      case 'Z' -> place(Place.END);
      case 'b' -> place(flags.ascii() ? Place.ASCII_WORD_EDGE : Place.WORD_EDGE);
      case 'B' -> place(flags.ascii() ? Place.NO_ASCII_WORD_EDGE : Place.NO_WORD_EDGE);
      case 'd', 's', 'w', 'D', 'S', 'W' -> item(RegexCode.character(flags.escapeClass(code)));
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> item(reference(flags, start));
      default ->
          item(
              RegexCode.character(
                  flags.character(RegexClass.escapedCharacter(source, code, start))));
    };
  }

  /** A back reference by number, or a character by three octal digits. */
  private RegexCode reference(RegexFlags flags, int start) {
    source.moveTo(start + 1);
    source.digits(8, 3);
    boolean octal = source.position() == start + 4;
    source.moveTo(start + 1);
    if (octal) {
      return RegexCode.character(flags.character(RegexClass.octal(source, start)));
    }
    return reference(flags, source.digits(10, 2), start + 1);
  }

  private RegexCode reference(RegexFlags flags, int group, int position) {
    if (group < 1 || group > groups) {
      throw source.problem("invalid group reference " + group, position);
    }
    if (open.contains(group)) {
      throw source.problem("cannot refer to an open group", position - 1);
    }
    return RegexCode.reference(group, flags.ignoreCase());
  }

  private Item group(RegexFlags flags, int start) {
    if (!source.take('?')) {
      return item(capturing(flags, start));
    }
    int code = source.next();
    return switch (code) {
      case ':' -> item(body(flags, start));
      case '=' -> item(body(flags, start).around(Kind.LOOK, 0));
      case '!' -> item(body(flags, start).around(Kind.LOOK_NOT, 0));
      case '>' -> item(body(flags, start).atomic());
      case '<' -> item(lookBehind(flags, start));
      case 'P' -> item(named(flags, start));
      case '(' -> item(conditional(flags, start));
      case '#' -> {
        comment(start);
        yield null;
      }
      case -1 -> throw endOfPattern();
      default -> item(scoped(flags, start));
    };
  }

  private PatternProblem endOfPattern() {
    return source.problem("unexpected end of pattern", source.position());
  }

  private RegexCode capturing(RegexFlags flags, int start) {
    int number = ++groups;
    open.add(number);
    RegexCode code = body(flags, start).captured(number);
    open.remove(number);
    return code;
  }

  private RegexCode lookBehind(RegexFlags flags, int start) {
    int kind = source.next();
    if (kind < 0) {
      throw endOfPattern();
    }
    if (kind != '=' && kind != '!') {
      throw source.problem("unknown extension ?<" + Character.toString(kind), start + 1);
    }
    RegexCode code = body(flags, start);
    if (code.least() != code.most()) {
      throw new PatternProblem("look-behind requires fixed-width pattern");
    }
    return code.around(kind == '=' ? Kind.LOOK : Kind.LOOK_NOT, code.least());
  }

  private RegexCode named(RegexFlags flags, int start) {
    int kind = source.next();
    int position = source.position();
    if (kind == '<') {
      String name = source.until('>', "group name");
      if (!isName(name)) {
        throw source.problem("bad character in group name '" + name + "'", position);
      }
      Integer other = names.putIfAbsent(name, groups + 1);
      if (other != null) {
        throw source.problem(
            "redefinition of group name '%s' as group %d; was group %d"
                .formatted(name, groups + 1, other),
            position);
      }
      return capturing(flags, start);
    } else if (kind == '=') {
      String name = source.until(')', "group name");
      if (!names.containsKey(name)) {
        throw source.problem("unknown group name '" + name + "'", position);
      }
      return reference(flags, names.get(name), position);
    } else if (kind < 0) {
      throw endOfPattern();
    }
    throw source.problem("unknown extension ?P" + Character.toString(kind), start + 1);
  }

  private static boolean isName(String name) {
    return (name.startsWith("_") || Character.isUnicodeIdentifierStart(name.codePointAt(0)))
        && name.codePoints().allMatch(Character::isUnicodeIdentifierPart);
  }

  private RegexCode conditional(RegexFlags flags, int start) {
    int position = source.position();
    String name = source.until(')', "group name");
    int group;
    if (names.containsKey(name)) {
      group = names.get(name);
    } else if (name.chars().allMatch(code -> code >= '0' && code <= '9') && name.length() < 6) {
      group = Integer.parseInt(name);
    } else {
      throw source.problem("unknown group name '" + name + "'", position);
    }
    if (group < 1 || group > groups) {
      throw source.problem("invalid group reference " + group, position);
    }
    RegexCode yes = sequence(flags);
    RegexCode no = source.take('|') ? sequence(flags) : RegexCode.EMPTY;
    if (source.peek() == '|') {
      throw source.problem("conditional backref with more than two branches", source.position());
    }
    close(start);
    return yes.whenGroup(group, no);
  }

  private void comment(int start) {
    int code = source.next();
    while (code != ')') {
      if (code < 0) {
        throw source.problem("missing ), unterminated comment", start);
      }
      code = source.next();
    }
  }

  private RegexCode scoped(RegexFlags flags, int start) {
    source.moveTo(start + 2);
    RegexFlags inner = flags;
    StringBuilder on = new StringBuilder();
    while (isFlag(source.peek())) {
      int letter = source.next();
      if (letter == 'L') {
        throw badFlags("cannot use 'L' flag with a str pattern", source.position());
      }
      on.appendCodePoint(letter);
      inner = inner.with(letter, true);
    }
    int code = source.next();
    int position = source.position() - 1;
    if (code == '-') {
      inner = flagsOff(inner, on.toString());
    } else if (code == ')' && on.length() > 0) {
      throw source.problem("global flags not at the start of the expression", start);
    } else if (on.length() == 0) {
      throw source.problem("unknown extension ?" + Character.toString(code), start + 1);
    } else if (code < 0) {
      throw source.problem("missing -, : or )", source.position());
    } else if (code != ':') {
      throw source.problem(
          Character.isLetter(code) ? "unknown flag" : "missing -, : or )", position);
    }
    return body(inner, start);
  }

  private RegexFlags flagsOff(RegexFlags flags, String on) {
    RegexFlags inner = flags;
    boolean conflict = false;
    boolean first = true;
    while (first || !source.take(':')) {
      int letter = source.next();
      if (letter < 0) {
        throw source.problem(first ? "missing flag" : "missing :", source.position());
      } else if (!isFlag(letter)) {
        String missing = first ? "missing flag" : "missing :";
        throw source.problem(
            Character.isLetter(letter) ? "unknown flag" : missing, source.position() - 1);
      } else if (letter == 'a' || letter == 'u' || letter == 'L') {
        throw badFlags("cannot turn off flags 'a', 'u' and 'L'", source.position());
      }
      conflict |= on.indexOf(letter) >= 0;
      inner = inner.with(letter, false);
      first = false;
    }
    if (conflict) {
      throw badFlags("flag turned on and off", source.position() - 1);
    }
    return inner;
  }

  private PatternProblem badFlags(String reason, int position) {
    return source.problem("bad inline flags: " + reason, position);
  }

  private RegexCode body(RegexFlags flags, int start) {
    if (++depth > MAX_DEPTH) {
      throw source.problem("groups nest too deeply", start);
    }
    RegexCode code = alternatives(flags);
    depth--;
    close(start);
    return code;
  }

  private void close(int start) {
    if (!source.take(')')) {
      throw source.problem("missing ), unterminated subpattern", start);
    }
  }
}
