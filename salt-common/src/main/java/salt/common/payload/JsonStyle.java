package salt.common.payload;

/**
 * How JSON is laid out; the words are those of Python's {@code json.dumps}.
 *
 * @param indent what a line begins with for each level; null writes everything on one line
 * @param sortKeys whether maps are written in the order of their keys, not in their own
 * @param ascii whether characters beyond ASCII are written as escapes
 * @param itemSeparator what stands between items
 * @param keySeparator what stands between key and value
 * @param lenient whether a value that JSON has no form for is written as text, its Python repr
 */
public record JsonStyle(
    String indent,
    boolean sortKeys,
    boolean ascii,
    String itemSeparator,
    String keySeparator,
    boolean lenient) {
  /** One line with blanks behind commas and colons. */
  public static final JsonStyle COMPACT = new JsonStyle(null, false, false, ", ", ": ", false);

  /** The same with a line for each item, which begins with {@code text} for each level. */
  public JsonStyle indentedBy(String text) {
    return new JsonStyle(text, sortKeys, ascii, itemSeparator.strip(), keySeparator, lenient);
  }

  /** The same with maps in the order of their keys. */
  public JsonStyle sorted() {
    return new JsonStyle(indent, true, ascii, itemSeparator, keySeparator, lenient);
  }

  /** The same in ASCII only. */
  public JsonStyle inAscii() {
    return new JsonStyle(indent, sortKeys, true, itemSeparator, keySeparator, lenient);
  }

  /** The same between other separators. */
  public JsonStyle separatedBy(String items, String keys) {
    return new JsonStyle(indent, sortKeys, ascii, items, keys, lenient);
  }

  /** The same, with the Python repr of values that JSON has no form for. */
  public JsonStyle leniently() {
    return new JsonStyle(indent, sortKeys, ascii, itemSeparator, keySeparator, true);
  }
}
