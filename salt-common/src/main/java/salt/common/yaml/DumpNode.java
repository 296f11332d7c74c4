package salt.common.yaml;

import java.util.List;

/** A value made ready to be written: with its tag, its style, and its anchor if it comes twice. */
sealed interface DumpNode {
  /** What other places refer to it by; null when there are none. */
  String anchor();

  /** A reference to a node that was written before. */
  record Alias(String anchor) implements DumpNode {}

  /**
   * A scalar.
   *
   * @param tag its type, where it cannot be told from the text; null otherwise
   * @param plainImplied whether the text without quotes would be read as this type
   * @param quotedImplied whether the text in quotes would be read as this type
   */
  record Scalar(
      String tag, String text, ScalarStyle style, boolean plainImplied, boolean quotedImplied)
      implements DumpNode {
    @Override
    public String anchor() {
      return null;
    }
  }

  /** A list. */
  record Sequence(String anchor, List<DumpNode> items, boolean flow) implements DumpNode {}

  /** A map or, with a tag, a set. */
  record Mapping(String anchor, String tag, List<Entry> entries, boolean flow)
      implements DumpNode {}

  /** A key and its value. */
  record Entry(DumpNode key, DumpNode value) {}
}
