package salt.common.jinja;

/** A part of a template that writes or does something. */
interface Statement {
  /** How the statements behind this one go on. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow run(Frame frame);
}
