package salt.common.yaml;

/** Text that is not YAML, or not as Salt allows it. */
public final class YamlProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String TAB = "found character '\\t' that cannot start";

  /** What noticed the problem: PyYAML's classes of errors, which Salt treats differently. */
  public enum Kind {
    /** A character that may not be in a document. */
    READER("ReaderError"),
    /** Characters that make no token. */
    SCANNER("ScannerError"),
    /** Tokens that make no structure. */
    PARSER("ParserError"),
    /** Anchors and references, or a second document. */
    COMPOSER("ComposerError"),
    /** Structure that makes no value: keys that come twice, unknown tags. */
    CONSTRUCTOR("ConstructorError"),
    /** Text that does not fit the tag before it. */
    VALUE("ValueError");

    private final String exception;

    Kind(String exception) {
      this.exception = exception;
    }

    /** The name of Python's exception. */
    public String exception() {
      return exception;
    }
  }

  private final Kind kind;
  private final String context;
  private final transient Place contextPlace;
  private final transient Place place;

  /**
   * A problem at a place, noticed while something was read that began elsewhere.
   *
   * @param context what was read, or null
   * @param contextPlace where that began, or null
   * @param problem what is wrong, in one sentence, without the place
   * @param place where, or null
   */
  YamlProblem(Kind kind, String context, Place contextPlace, String problem, Place place) {
    super(problem);
    this.kind = kind;
    this.context = context;
    this.contextPlace = contextPlace;
    this.place = place;
  }

  /** A problem without a context. */
  YamlProblem(Kind kind, String problem, Place place) {
    this(kind, null, null, problem, place);
  }

  /** What noticed it. */
  public Kind kind() {
    return kind;
  }

  /** The line, from 1; 0 when unknown. */
  public int line() {
    return place == null ? 0 : place.line();
  }

  /** The column, from 1; 0 when unknown. */
  public int column() {
    return place == null ? 0 : place.column();
  }

  Place place() {
    return place;
  }

  /**
   * The whole message as PyYAML writes it, over several lines: the context, the problem, where both
   * are, and the lines of the document with a mark below.
   *
   * @param name what the document is called: the path of its file, or {@code <unicode string>}
   */
  public String text(String name) {
    StringBuilder text = new StringBuilder();
    if (context != null) {
      text.append(context).append('\n');
    }
    if (contextPlace != null && !contextPlace.equals(place)) {
      text.append(contextPlace.text(name)).append('\n');
    }
    text.append(getMessage());
    if (place != null) {
      text.append('\n').append(kind == Kind.READER ? place.position(name) : place.text(name));
    }
    return text.toString();
  }

  /**
   * What Salt's YAML renderer says of it: of characters that make no token only the problem, as it
   * adds the line and the text around it; otherwise all of {@link #text}.
   */
  public String renderError() {
    if (kind != Kind.SCANNER) {
      return text("<unicode string>");
    }
    return getMessage().startsWith(TAB) ? "Illegal tab character" : getMessage();
  }
}
