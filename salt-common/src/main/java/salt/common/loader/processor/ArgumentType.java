package salt.common.loader.processor;

import javax.lang.model.element.Element;
import salt.common.loader.BoundArguments;

/**
 * What a parameter of an exposed method may be.
 *
 * @param accessor the method of {@link BoundArguments} that gives it
 * @param primitive whether it can't be null
 * @param constant Java's form of a value of this type, around the literal {@code %s}
 */
record ArgumentType(String accessor, boolean primitive, String constant) {
  static final String POSITIONAL = "java.util.List<java.lang.Object>";
  static final String KEYWORDS = "java.util.Map<java.lang.String,java.lang.Object>";

  static ArgumentType of(Element parameter) throws Problem {
    String type = parameter.asType().toString();
    return switch (type) {
      case "java.lang.Object" -> new ArgumentType("any", false, "%s");
      case "java.lang.String" -> new ArgumentType("text", false, "%s");
      case "boolean" -> new ArgumentType("flag", true, "%s");
      case "java.lang.Boolean" -> new ArgumentType("optionalFlag", false, "%s");
      case "int" -> new ArgumentType("integer", true, "(int) %s");
      case "java.lang.Integer" -> new ArgumentType("optionalInteger", false, "(int) %s");
      case "long" -> new ArgumentType("number", true, "%s");
      case "java.lang.Long" -> new ArgumentType("optionalNumber", false, "%s");
      case "double" -> new ArgumentType("decimal", true, "(double) %s");
      case "java.lang.Double" -> new ArgumentType("optionalDecimal", false, "(double) %s");
      case POSITIONAL, "java.util.List<?>" -> new ArgumentType("list", false, "%s");
      case "java.util.Map<java.lang.Object,java.lang.Object>", "java.util.Map<?,?>" ->
          new ArgumentType("map", false, "%s");
      case KEYWORDS -> new ArgumentType("keywords", false, "%s");
      default ->
          throw new Problem(
              parameter,
              "a parameter can't be of type "
                  + type
                  + "; it may be Object, String, boolean, int, long, double or their boxes,"
                  + " List<Object> or Map<Object, Object>, or a record with @Argument.Group");
    };
  }

  /** The expression for the argument at a position. */
  String argument(int position) {
    return "arguments.%s(%d)".formatted(accessor, position);
  }

  /** The expression for a literal that nobody can change by an argument. */
  String constant(String literal) {
    return literal.equals("null") ? literal : constant.formatted(literal);
  }
}
