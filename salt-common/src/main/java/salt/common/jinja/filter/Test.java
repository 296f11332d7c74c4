package salt.common.jinja.filter;

import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Signature;

/** A test: what stands behind {@code is}. */
public final class Test {
  /** Whether bound arguments pass, the tested value first. */
  @FunctionalInterface
  interface Body {
    boolean apply(Evaluation evaluation, Object[] arguments);
  }

  private final Signature signature;
  private final Body body;

  Test(String declaration, Body body) {
    this.signature = Signature.of(declaration);
    this.body = body;
  }

  /**
   * Tests a value.
   *
   * @param arguments the value and what stands behind the test
   * @throws salt.common.loader.PythonError when it fails or the arguments do not fit
   */
  public boolean apply(Evaluation evaluation, Arguments arguments) {
    return body.apply(evaluation, signature.bind(arguments));
  }
}
