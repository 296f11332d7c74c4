package salt.common.jinja.syntax;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text a name, an operator, or the text of data and strings
 * @param value the value of a number or string
 * @param line where it begins, from 1
 * @param column where it begins, from 1
 */
public record Token(Kind kind, String text, Object value, int line, int column) {
  /** Kinds of tokens. */
  public enum Kind {
    /** Text between tags. */
    DATA("template data / text"),
    /** The start of a statement. */
    BLOCK_BEGIN("begin of statement block"),
    /** The end of a statement. */
    BLOCK_END("end of statement block"),
    /** The start of an expression. */
    VARIABLE_BEGIN("begin of print statement"),
    /** The end of an expression. */
    VARIABLE_END("end of print statement"),
    /** A name. */
    NAME("name"),
    /** A string. */
    STRING("string"),
    /** A whole number. */
    INTEGER("integer"),
    /** A floating-point number. */
    FLOAT("float"),
    /** Operators and brackets. */
    OPERATOR("operator"),
    /** The end of the template. */
    END("end of template"),
    /** What can't be read; its value is the problem. */
    ERROR("error");

    private final String described;

    Kind(String described) {
      this.described = described;
    }

    /** What messages call it. */
    public String described() {
      return described;
    }
  }

  /** What messages call this token: names and operators by themselves, the rest by kind. */
  public String described() {
    return kind == Kind.NAME || kind == Kind.OPERATOR ? text : kind.described();
  }

  /** Whether it is this operator. */
  public boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  /** Whether it is this name. */
  public boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }
}
