package salt.common.yaml;

/**
 * How YAML is laid out; the words are those of PyYAML's {@code dump}.
 *
 * @param flow which containers are written in one line with brackets
 * @param indent blanks for each level, 2 to 9; others mean 2
 * @param width the column behind which lines are folded
 * @param sortKeys whether maps are written in the order of their keys, if they have one
 * @param unicode whether characters beyond ASCII are written as they are
 * @param explicitStart whether the document begins with {@code ---}
 * @param scalars the style of all scalars; PLAIN lets each have quotes only where it needs them
 */
public record DumpStyle(
    Flow flow,
    int indent,
    int width,
    boolean sortKeys,
    boolean unicode,
    boolean explicitStart,
    ScalarStyle scalars) {
  /** Which containers are written in brackets. */
  public enum Flow {
    /** None but the empty ones: {@code default_flow_style=False}. */
    NEVER,
    /** Those that hold only scalars: {@code default_flow_style=None}. */
    INNERMOST,
    /** All: {@code default_flow_style=True}. */
    ALWAYS
  }

  /** A line for each item, as Salt writes files. */
  public static final DumpStyle BLOCK =
      new DumpStyle(Flow.NEVER, 2, 80, true, true, false, ScalarStyle.PLAIN);

  /** Innermost containers in brackets: what Salt's {@code yaml.safe_dump} does when not told. */
  public static final DumpStyle COMPACT = BLOCK.flowing(Flow.INNERMOST);

  /** The same with these containers in brackets. */
  public DumpStyle flowing(Flow containers) {
    return new DumpStyle(containers, indent, width, sortKeys, unicode, explicitStart, scalars);
  }

  /** The same with so many blanks for each level. */
  public DumpStyle indentedBy(int blanks) {
    return new DumpStyle(flow, blanks, width, sortKeys, unicode, explicitStart, scalars);
  }

  /** The same, folded behind this column. */
  public DumpStyle foldedAt(int column) {
    return new DumpStyle(flow, indent, column, sortKeys, unicode, explicitStart, scalars);
  }

  /** The same with maps in their own order. */
  public DumpStyle unsorted() {
    return new DumpStyle(flow, indent, width, false, unicode, explicitStart, scalars);
  }

  /** The same in ASCII only. */
  public DumpStyle inAscii() {
    return new DumpStyle(flow, indent, width, sortKeys, false, explicitStart, scalars);
  }

  /** The same behind {@code ---}. */
  public DumpStyle withStart() {
    return new DumpStyle(flow, indent, width, sortKeys, unicode, true, scalars);
  }

  /** The same with all scalars in this style. */
  public DumpStyle withScalars(ScalarStyle style) {
    return new DumpStyle(flow, indent, width, sortKeys, unicode, explicitStart, style);
  }
}
