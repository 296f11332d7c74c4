package salt.common.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A shell pattern by the rules of Python's {@code fnmatch}: {@code *}, {@code ?}, {@code [a-z]} and
 * {@code [!a-z]}; everything else, backslashes too, stands for itself. Case matters.
 *
 * <p>Matching takes at most pattern length times text length steps.
 */
public final class Glob {
  private final String source;
  private final List<Piece> pieces;

  private Glob(String source, List<Piece> pieces) {
    this.source = source;
    this.pieces = pieces;
  }

  /** Reads a pattern; every text is one. */
  public static Glob of(String pattern) {
    List<Piece> pieces = new ArrayList<>();
    int[] codes = pattern.codePoints().toArray();
    int at = 0;
    while (at < codes.length) {
      int code = codes[at];
      int close = code == '[' ? closingBracket(codes, at) : -1;
      if (close > 0) {
        pieces.add(set(codes, at + 1, close));
        at = close;
      } else if (code == '*') {
        if (pieces.isEmpty() || pieces.get(pieces.size() - 1) != Wildcard.STAR) {
          pieces.add(Wildcard.STAR);
        }
      } else {
        pieces.add(code == '?' ? Wildcard.ANY : other -> other == code);
      }
      at++;
    }
    return new Glob(pattern, List.copyOf(pieces));
  }

  /** Whether the whole of {@code text} matches. */
  public boolean matches(String text) {
    int[] codes = text.codePoints().toArray();
    int at = 0;
    int piece = 0;
    int starPiece = -1;
    int starAt = 0;
    while (at < codes.length) {
      if (piece < pieces.size() && pieces.get(piece) == Wildcard.STAR) {
        starPiece = piece++;
        starAt = at;
      } else if (piece < pieces.size() && pieces.get(piece).accepts(codes[at])) {
        piece++;
        at++;
      } else if (starPiece >= 0) {
        // The last star takes one character more; earlier stars need never be tried again.
        piece = starPiece + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (piece < pieces.size() && pieces.get(piece) == Wildcard.STAR) {
      piece++;
    }
    return piece == pieces.size();
  }

  private static int closingBracket(int[] codes, int open) {
    int at = open + 1;
    if (at < codes.length && codes[at] == '!') {
      at++;
    }
    // A bracket right at the beginning is a member of the set.
    at++;
    while (at < codes.length && codes[at] != ']') {
      at++;
    }
    return at < codes.length ? at : -1;
  }

  private static Piece set(int[] codes, int from, int to) {
    boolean negated = codes[from] == '!';
    BitSet members = new BitSet();
    int at = negated ? from + 1 : from;
    while (at < to) {
      if (at + 2 < to && codes[at + 1] == '-') {
        if (codes[at] <= codes[at + 2]) {
          members.set(codes[at], codes[at + 2] + 1);
        }
        at += 3;
      } else {
        members.set(codes[at++]);
      }
    }
    return code -> members.get(code) != negated;
  }

  @Override
  public String toString() {
    return source;
  }

  private interface Piece {
    boolean accepts(int code);
  }

  private enum Wildcard implements Piece {
    STAR,
    ANY;

    @Override
    public boolean accepts(int code) {
      return true;
    }
  }
}
