package salt.common.loader.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.processor.ModuleSource.ParameterSource;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/** Reads the parameters of an exposed method. */
final class ParameterReader {
  private static final String CALL = Call.class.getName();
  private static final String POSITIONAL_TYPE = "java.util.List<java.lang.Object>";
  private static final String KEYWORDS_TYPE = "java.util.Map<java.lang.String,java.lang.Object>";

  private final Set<String> names = new HashSet<>();
  private boolean optional;
  private boolean positional;
  private boolean keywords;

  List<ParameterSource> read(ExecutableElement method) throws Problem {
    List<ParameterSource> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      ParameterSource source = parameter(parameter);
      if (!source.isCall() && !names.add(source.name())) {
        throw new Problem(parameter, "two parameters are named '" + source.name() + "'");
      }
      parameters.add(source);
    }
    return parameters;
  }

  private ParameterSource parameter(VariableElement parameter) throws Problem {
    String type = parameter.asType().toString();
    String name = ModuleReader.saltName(parameter);
    if (type.equals(CALL)) {
      return new ParameterSource(name, "", "");
    } else if (keywords) {
      throw new Problem(parameter, "no parameter may follow the one for keyword arguments");
    } else if (parameter.getAnnotation(Argument.Keywords.class) != null) {
      keywords = true;
      return rest(parameter, KEYWORDS_TYPE, "keywords");
    } else if (parameter.getAnnotation(Argument.Positional.class) != null) {
      positional = true;
      return rest(parameter, POSITIONAL_TYPE, "positional");
    }
    return named(parameter, name, accessor(parameter, type));
  }

  private static ParameterSource rest(VariableElement parameter, String type, String kind)
      throws Problem {
    if (!parameter.asType().toString().equals(type)) {
      throw new Problem(parameter, "the parameter for the rest must be a " + type);
    }
    String name = ModuleReader.saltName(parameter);
    String accessor = kind.equals("keywords") ? "keywords" : "list";
    return new ParameterSource(
        name, "Parameter.%s(%s)".formatted(kind, JavaLiteral.text(name)), accessor);
  }

  private ParameterSource named(VariableElement parameter, String name, String accessor)
      throws Problem {
    Argument.Default value = parameter.getAnnotation(Argument.Default.class);
    if (value == null) {
      if (optional || positional) {
        throw new Problem(parameter, "'" + name + "' needs a default: others before it have one");
      }
      String required = "Parameter.required(%s)".formatted(JavaLiteral.text(name));
      return new ParameterSource(name, required, accessor);
    }
    optional = true;
    String literal = defaultValue(parameter, value.value());
    if (literal.equals("null") && parameter.asType().getKind().isPrimitive()) {
      throw new Problem(parameter, "'" + name + "' is of a primitive type and can't be null");
    }
    String declared = "Parameter.optional(%s, %s)".formatted(JavaLiteral.text(name), literal);
    return new ParameterSource(name, declared, accessor);
  }

  private static String defaultValue(VariableElement parameter, String yaml) throws Problem {
    try {
      return JavaLiteral.of(Yaml.load(yaml));
    } catch (YamlProblem e) {
      throw new Problem(parameter, "the default is not YAML: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new Problem(parameter, e.getMessage());
    }
  }

  private static String accessor(VariableElement parameter, String type) throws Problem {
    return switch (type) {
      case "java.lang.Object" -> "any";
      case "java.lang.String" -> "text";
      case "boolean" -> "flag";
      case "java.lang.Boolean" -> "optionalFlag";
      case "int" -> "integer";
      case "java.lang.Integer" -> "optionalInteger";
      case "long" -> "number";
      case "java.lang.Long" -> "optionalNumber";
      case "double" -> "decimal";
      case "java.lang.Double" -> "optionalDecimal";
      case POSITIONAL_TYPE, "java.util.List<?>" -> "list";
      case "java.util.Map<java.lang.Object,java.lang.Object>", "java.util.Map<?,?>" -> "map";
      case KEYWORDS_TYPE -> "keywords";
      default ->
          throw new Problem(
              parameter,
              "a parameter can't be of type "
                  + type
                  + "; it may be Object, String, boolean, int, long, double or their boxes,"
                  + " List<Object> or Map<Object, Object>");
    };
  }
}
