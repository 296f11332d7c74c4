package salt.common.jinja.value;

/**
 * What a negative number to the power of a fraction gives. Templates can only print it.
 *
 * @param real the real part
 * @param imaginary the imaginary part
 */
record ComplexNumber(double real, double imaginary) implements PythonObject {
  static ComplexNumber power(double base, double exponent) {
    double size = Math.pow(-base, exponent);
    double angle = Math.PI * exponent;
    return new ComplexNumber(size * Math.cos(angle), size * Math.sin(angle));
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "real" -> real;
      case "imag" -> imaginary;
      default -> ABSENT;
    };
  }

  @Override
  public String type() {
    return "complex";
  }

  @Override
  public String toString() {
    String sign = imaginary < 0 ? "-" : "+";
    return "(" + shown(real) + sign + shown(Math.abs(imaginary)) + "j)";
  }

  private static String shown(double part) {
    String text = Texts.repr(part);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
