package salt.common.jinja;

/** A part of a template that has a value. */
interface Expression {
  Object evaluate(Frame frame);

  /** The line that errors within it are reported on, when it stands alone. */
  int line();
}
