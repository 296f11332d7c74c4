package salt.common.loader.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import salt.common.loader.Argument;
import salt.common.loader.Call;
import salt.common.loader.processor.ModuleSource.Parameters;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/** Reads the parameters of one exposed method. */
final class ParameterReader {
  private static final String CALL = Call.class.getName();

  private final Elements elements;
  private final Set<String> names = new HashSet<>();
  private final List<String> declarations = new ArrayList<>();
  private final Map<String, String> groupDocs = new LinkedHashMap<>();
  private boolean optional;
  private boolean positional;
  private boolean keywords;

  ParameterReader(Elements elements) {
    this.elements = elements;
  }

  Parameters read(ExecutableElement method) throws Problem {
    List<String> expressions = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      expressions.add(parameter(parameter));
    }
    return new Parameters(declarations, expressions, groupDocs);
  }

  /** The Java expression of what the parameter gets. */
  private String parameter(VariableElement parameter) throws Problem {
    String type = parameter.asType().toString();
    if (type.equals(CALL)) {
      return "arguments.call()";
    } else if (isCall(parameter.asType())) {
      return "(" + type + ") arguments.call()";
    }
    Argument.Group group = parameter.getAnnotation(Argument.Group.class);
    if (group == null) {
      Argument.Default value = parameter.getAnnotation(Argument.Default.class);
      return argument(parameter, value == null ? null : literal(parameter, value.value()));
    }
    try {
      return group(parameter, new GroupReader(elements, parameter, group));
    } catch (Problem problem) {
      throw new Problem(parameter, problem.getMessage());
    }
  }

  /** Whether a type is a call of a special kind, as states get. */
  private static boolean isCall(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && element.getSuperclass().toString().equals(CALL);
  }

  private String group(VariableElement parameter, GroupReader group) throws Problem {
    Map<String, String> taken = new LinkedHashMap<>();
    for (Element component : group.taken()) {
      String name = saltName(component);
      taken.put(name, argument(component, group.literal(component)));
      groupDocs.put(name, group.doc(component));
    }
    List<String> values = new ArrayList<>();
    for (Element component : group.components()) {
      String argument = taken.get(saltName(component));
      values.add(argument == null ? group.constant(component) : argument);
    }
    return "new " + parameter.asType() + "(" + String.join(", ", values) + ")";
  }

  /**
   * Declares one argument.
   *
   * @param literal its default; null when it has none
   * @return the expression for it
   */
  private String argument(Element parameter, String literal) throws Problem {
    String name = saltName(parameter);
    if (!names.add(name)) {
      throw new Problem(parameter, "two parameters are named '" + name + "'");
    } else if (keywords) {
      throw new Problem(parameter, "no parameter may follow the one for keyword arguments");
    } else if (parameter.getAnnotation(Argument.Keywords.class) != null) {
      keywords = true;
      return rest(parameter, ArgumentType.KEYWORDS, "keywords");
    } else if (parameter.getAnnotation(Argument.Positional.class) != null) {
      positional = true;
      return rest(parameter, ArgumentType.POSITIONAL, "positional");
    }
    return named(parameter, literal);
  }

  private String rest(Element parameter, String type, String kind) throws Problem {
    if (!parameter.asType().toString().equals(type)) {
      throw new Problem(parameter, "the parameter for the rest must be a " + type);
    }
    return declare(parameter, kind, "");
  }

  private String named(Element parameter, String literal) throws Problem {
    String name = saltName(parameter);
    if (literal == null) {
      if (optional || positional) {
        throw new Problem(parameter, "'" + name + "' needs a default: others before it have one");
      }
      return declare(parameter, "required", "");
    }
    optional = true;
    return declare(parameter, "optional", ", " + literal);
  }

  private String declare(Element parameter, String kind, String rest) throws Problem {
    ArgumentType type = ArgumentType.of(parameter);
    declarations.add(
        "Parameter." + kind + "(" + JavaLiteral.text(saltName(parameter)) + rest + ")");
    return type.argument(declarations.size() - 1);
  }

  /** The literal of a default that is written in YAML. */
  static String literal(Element parameter, String yaml) throws Problem {
    try {
      return literal(parameter, Yaml.load(yaml));
    } catch (YamlProblem e) {
      throw new Problem(parameter, "the default is not YAML: " + e.getMessage());
    }
  }

  /** The literal of a default. */
  static String literal(Element parameter, Object value) throws Problem {
    if (value == null && ArgumentType.of(parameter).primitive()) {
      throw new Problem(
          parameter, "'" + saltName(parameter) + "' is of a primitive type and can't be null");
    }
    try {
      return JavaLiteral.of(value);
    } catch (IllegalArgumentException e) {
      throw new Problem(parameter, e.getMessage());
    }
  }

  static String saltName(Element parameter) {
    Argument.Named named = parameter.getAnnotation(Argument.Named.class);
    return named == null ? Names.snakeCase(parameter.getSimpleName().toString()) : named.value();
  }
}
