package salt.common.yaml;

/**
 * In which styles a text can be written so that it is read back the same.
 *
 * @param multiline whether it has an end of line in it
 * @param flowPlain without quotes inside brackets
 * @param blockPlain without quotes elsewhere
 * @param singleQuoted between single quotes
 * @param block as a literal or folded block
 */
record ScalarAnalysis(
    boolean multiline, boolean flowPlain, boolean blockPlain, boolean singleQuoted, boolean block) {
  private static final String INDICATORS_AT_START = "#,[]{}&*!|>'\"%@`";
  private static final String FLOW_INDICATORS = ",?[]{}";

  static ScalarAnalysis of(String text, boolean unicode) {
    if (text.isEmpty()) {
      return new ScalarAnalysis(false, false, true, true, false);
    }
    return new Scan(text, unicode).result();
  }

  /** One pass over the text. */
  private static final class Scan {
    private final int[] text;
    private boolean blockIndicators;
    private boolean flowIndicators;
    private boolean lineBreaks;
    private boolean special;
    private boolean spaceBreak;
    private boolean breakSpace;

    Scan(String content, boolean unicode) {
      text = content.codePoints().toArray();
      blockIndicators = content.startsWith("---") || content.startsWith("...");
      flowIndicators = blockIndicators;
      for (int i = 0; i < text.length; i++) {
        indicators(i);
        int c = text[i];
        special |= !Characters.isPrintable(c) || (c > 0x7f && !unicode);
        lineBreaks |= Characters.isBreak(c);
        spaceBreak |= Characters.isBreak(c) && i > 0 && text[i - 1] == ' ';
        breakSpace |= c == ' ' && i > 0 && Characters.isBreak(text[i - 1]);
      }
    }

    private void indicators(int i) {
      int c = text[i];
      boolean beforeBlank = i + 1 == text.length || Characters.isBlank(text[i + 1]);
      boolean behindBlank = i == 0 || Characters.isBlank(text[i - 1]);
      boolean colon = c == ':' || (i == 0 && c == '?');
      boolean both =
          (i == 0 && (INDICATORS_AT_START.indexOf(c) >= 0 || (c == '-' && beforeBlank)))
              || (i > 0 && c == '#' && behindBlank);
      flowIndicators |= both || colon || (i > 0 && FLOW_INDICATORS.indexOf(c) >= 0);
      blockIndicators |= both || (colon && beforeBlank);
    }

    ScalarAnalysis result() {
      int first = text[0];
      int last = text[text.length - 1];
      boolean blankEdge =
          first == ' ' || Characters.isBreak(first) || last == ' ' || Characters.isBreak(last);
      boolean quoted = !breakSpace && !spaceBreak && !special;
      boolean plain = quoted && !blankEdge && !lineBreaks;
      return new ScalarAnalysis(
          lineBreaks,
          plain && !flowIndicators,
          plain && !blockIndicators,
          quoted,
          last != ' ' && !spaceBreak && !special);
    }
  }
}
