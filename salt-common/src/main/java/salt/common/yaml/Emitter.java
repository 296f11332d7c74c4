package salt.common.yaml;

import java.nio.charset.StandardCharsets;

/** Writes nodes as libyaml does, which packaged Salt uses through PyYAML. */
final class Emitter {
  private static final int LEAST_INDENT = 2;
  private static final int MOST_INDENT = 9;
  private static final int USUAL_WIDTH = 80;
  private static final int LONGEST_SIMPLE_KEY = 128;

  private final DumpStyle style;
  private final EmitterOutput out = new EmitterOutput();
  private final ScalarWriter scalars;
  private final int bestIndent;
  private final int bestWidth;
  private int flowLevel;

  /** What a node is in its parent: that decides about indentation, quotes and folding. */
  private enum Place {
    ROOT,
    ITEM,
    SIMPLE_KEY,
    KEY,
    VALUE
  }

  Emitter(DumpStyle style) {
    this.style = style;
    bestIndent =
        style.indent() < LEAST_INDENT || style.indent() > MOST_INDENT
            ? LEAST_INDENT
            : style.indent();
    bestWidth = bestWidth(style.width(), bestIndent);
    scalars = new ScalarWriter(out, style, bestIndent, bestWidth);
  }

  private static int bestWidth(int width, int indent) {
    if (width < 0) {
      return Integer.MAX_VALUE;
    }
    return width <= indent * 2 ? USUAL_WIDTH : width;
  }

  String emit(DumpNode root) {
    if (style.explicitStart()) {
      out.sign("---");
    }
    node(root, Place.ROOT);
    out.moveToIndent();
    if (scalars.isOpenEnded()) {
      out.sign("...");
      out.moveToIndent();
    }
    return out.toString();
  }

  private void node(DumpNode node, Place place) {
    if (node instanceof DumpNode.Alias alias) {
      out.sign("*");
      out.close(alias.anchor());
      if (place == Place.SIMPLE_KEY) {
        out.put(' ');
      }
      return;
    }
    if (node.anchor() != null) {
      out.sign("&");
      out.close(node.anchor());
    }
    if (node instanceof DumpNode.Scalar scalar) {
      scalar(scalar, place);
    } else if (node instanceof DumpNode.Sequence sequence) {
      if (flowLevel > 0 || sequence.flow() || sequence.items().isEmpty()) {
        flowSequence(sequence);
      } else {
        blockSequence(sequence, place);
      }
    } else if (node instanceof DumpNode.Mapping mapping) {
      if (mapping.tag() != null) {
        out.sign(mapping.tag());
      }
      if (flowLevel > 0 || mapping.flow() || mapping.entries().isEmpty()) {
        flowMapping(mapping);
      } else {
        blockMapping(mapping);
      }
    }
  }

  /** Goes one level deeper and returns the level to come back to. */
  private int deeper(boolean flow, boolean indentless) {
    int before = out.indent();
    if (before < 0) {
      out.indent(flow ? bestIndent : 0);
    } else if (!indentless) {
      out.indent(before + bestIndent);
    }
    return before;
  }

  private void flowSequence(DumpNode.Sequence sequence) {
    int before = beginFlow('[');
    boolean first = true;
    for (DumpNode item : sequence.items()) {
      nextInFlow(first);
      node(item, Place.ITEM);
      first = false;
    }
    endFlow("]", before);
  }

  private void flowMapping(DumpNode.Mapping mapping) {
    int before = beginFlow('{');
    boolean first = true;
    for (DumpNode.Entry entry : mapping.entries()) {
      nextInFlow(first);
      if (isSimpleKey(entry.key())) {
        node(entry.key(), Place.SIMPLE_KEY);
        out.close(":");
      } else {
        out.sign("?");
        node(entry.key(), Place.KEY);
        foldInFlow();
        out.sign(":");
      }
      node(entry.value(), Place.VALUE);
      first = false;
    }
    endFlow("}", before);
  }

  private int beginFlow(char bracket) {
    out.open(bracket);
    flowLevel++;
    return deeper(true, false);
  }

  private void endFlow(String bracket, int before) {
    flowLevel--;
    out.indent(before);
    out.close(bracket);
  }

  private void nextInFlow(boolean first) {
    if (!first) {
      out.close(",");
    }
    foldInFlow();
  }

  private void foldInFlow() {
    if (out.column() > bestWidth) {
      out.moveToIndent();
    }
  }

  private void blockSequence(DumpNode.Sequence sequence, Place place) {
    boolean inMapping = place == Place.VALUE || place == Place.KEY;
    int before = deeper(false, inMapping && !out.indention());
    for (DumpNode item : sequence.items()) {
      out.moveToIndent();
      out.blockSign('-');
      node(item, Place.ITEM);
    }
    out.indent(before);
  }

  private void blockMapping(DumpNode.Mapping mapping) {
    int before = deeper(false, false);
    for (DumpNode.Entry entry : mapping.entries()) {
      out.moveToIndent();
      if (isSimpleKey(entry.key())) {
        node(entry.key(), Place.SIMPLE_KEY);
        out.close(":");
      } else {
        out.blockSign('?');
        node(entry.key(), Place.KEY);
        out.moveToIndent();
        out.blockSign(':');
      }
      node(entry.value(), Place.VALUE);
    }
    out.indent(before);
  }

  /** Whether the key may stand before its colon on one line, without a question mark. */
  private boolean isSimpleKey(DumpNode key) {
    int length = key.anchor() == null ? 0 : key.anchor().length();
    if (key instanceof DumpNode.Scalar scalar) {
      if (ScalarAnalysis.of(scalar.text(), style.unicode()).multiline()) {
        return false;
      }
      length += scalar.text().getBytes(StandardCharsets.UTF_8).length;
      length += scalar.tag() == null ? 0 : scalar.tag().length();
    } else if (key instanceof DumpNode.Sequence sequence && !sequence.items().isEmpty()) {
      return false;
    } else if (key instanceof DumpNode.Mapping mapping && !mapping.entries().isEmpty()) {
      return false;
    }
    return length <= LONGEST_SIMPLE_KEY;
  }

  private void scalar(DumpNode.Scalar scalar, Place place) {
    boolean simpleKey = place == Place.SIMPLE_KEY;
    ScalarStyle chosen = possible(scalar, simpleKey);
    if (scalar.tag() != null) {
      out.sign(scalar.tag());
    } else if (!scalar.quotedImplied() && chosen != ScalarStyle.PLAIN) {
      out.sign("!");
    }
    int before = deeper(true, false);
    switch (chosen) {
      case PLAIN -> {
        if (scalar.text().isEmpty() && flowLevel > 0) {
          out.separate();
        }
        scalars.plain(scalar.text(), !simpleKey);
      }
      case SINGLE_QUOTED -> scalars.singleQuoted(scalar.text(), !simpleKey);
      case DOUBLE_QUOTED -> scalars.doubleQuoted(scalar.text(), !simpleKey);
      case LITERAL -> scalars.literal(scalar.text());
      case FOLDED -> scalars.folded(scalar.text());
    }
    out.indent(before);
  }

  /** The style asked for, or the next in which the text is read back the same. */
  private ScalarStyle possible(DumpNode.Scalar scalar, boolean simpleKey) {
    ScalarAnalysis analysis = ScalarAnalysis.of(scalar.text(), style.unicode());
    ScalarStyle chosen =
        simpleKey && analysis.multiline() ? ScalarStyle.DOUBLE_QUOTED : scalar.style();
    if (chosen == ScalarStyle.PLAIN && !plainPossible(scalar, analysis, simpleKey)) {
      chosen = ScalarStyle.SINGLE_QUOTED;
    }
    if (chosen == ScalarStyle.SINGLE_QUOTED && !analysis.singleQuoted()) {
      chosen = ScalarStyle.DOUBLE_QUOTED;
    }
    boolean block = chosen == ScalarStyle.LITERAL || chosen == ScalarStyle.FOLDED;
    if (block && (!analysis.block() || flowLevel > 0 || simpleKey)) {
      chosen = ScalarStyle.DOUBLE_QUOTED;
    }
    return chosen;
  }

  private boolean plainPossible(
      DumpNode.Scalar scalar, ScalarAnalysis analysis, boolean simpleKey) {
    boolean allowed = flowLevel > 0 ? analysis.flowPlain() : analysis.blockPlain();
    boolean missing = scalar.text().isEmpty() && (flowLevel > 0 || simpleKey);
    return allowed && !missing && (scalar.tag() != null || scalar.plainImplied());
  }
}
