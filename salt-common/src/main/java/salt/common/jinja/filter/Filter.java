package salt.common.jinja.filter;

import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Signature;

/** A filter. */
public final class Filter {
  /** What a filter does with its bound arguments, the filtered value first. */
  @FunctionalInterface
  interface Body {
    Object apply(Evaluation evaluation, Object[] arguments);
  }

  private final Signature signature;
  private final Body body;

  Filter(String declaration, Body body) {
    this.signature = Signature.of(declaration);
    this.body = body;
  }

  /**
   * Filters a value.
   *
   * @param arguments the value and what stands in brackets
   * @throws salt.common.loader.PythonError when it fails or the arguments do not fit
   */
  public Object apply(Evaluation evaluation, Arguments arguments) {
    return body.apply(evaluation, signature.bind(arguments));
  }
}
