package salt.common.loader.processor;

import javax.lang.model.element.Element;

/** A declaration that can't be a module or function; ends up as a compile error at its element. */
final class Problem extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Element element;

  Problem(Element element, String message) {
    super(message);
    this.element = element;
  }

  Element element() {
    return element;
  }
}
