package salt.common.loader.processor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Elements;
import salt.common.loader.Argument;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/** Reads a group of arguments, and what one function takes of it. */
final class GroupReader {
  private final Element parameter;
  private final Map<String, Element> components = new LinkedHashMap<>();
  private final Map<String, String> docs;
  private final Map<Object, Object> defaults = new LinkedHashMap<>();
  private final List<Element> taken = new ArrayList<>();

  GroupReader(Elements elements, VariableElement parameter, Argument.Group group) throws Problem {
    this.parameter = parameter;
    TypeElement type = type(parameter);
    type.getRecordComponents().forEach(one -> components.put(ParameterReader.saltName(one), one));
    String doc = elements.getDocComment(type);
    if (doc == null) {
      throw new Problem(parameter, "the group '" + type.getSimpleName() + "' has no Javadoc");
    }
    this.docs = OperatorText.parameters(doc);
    defaults(group.defaults());
    take(group);
  }

  private static TypeElement type(VariableElement parameter) throws Problem {
    if (parameter.asType() instanceof DeclaredType type
        && type.asElement().getKind() == ElementKind.RECORD) {
      return (TypeElement) type.asElement();
    }
    throw new Problem(parameter, "a group of arguments must be a record");
  }

  private void defaults(String[] lines) throws Problem {
    for (String line : lines) {
      try {
        if (!(Yaml.load(line) instanceof Map<?, ?> one)) {
          throw new Problem(parameter, "'" + line + "' is not a name, a colon and a default");
        }
        defaults.putAll(one);
      } catch (YamlProblem e) {
        throw new Problem(parameter, "the default is not YAML: " + e.getMessage());
      }
    }
    for (Object name : defaults.keySet()) {
      component(name);
    }
  }

  private void take(Argument.Group group) throws Problem {
    Set<String> left = new LinkedHashSet<>(Arrays.asList(group.without()));
    for (String name : left) {
      component(name);
    }
    List<String> names =
        group.only().length == 0 ? List.copyOf(components.keySet()) : Arrays.asList(group.only());
    for (String name : names) {
      if (!left.contains(name)) {
        taken.add(component(name));
      }
    }
  }

  private Element component(Object name) throws Problem {
    Element component = components.get(name);
    if (component == null) {
      throw new Problem(parameter, "the group has no component named '" + name + "'");
    }
    return component;
  }

  /** All components, in the order of the record. */
  List<Element> components() {
    return List.copyOf(components.values());
  }

  /** The components that the function takes, in its order. */
  List<Element> taken() {
    return taken;
  }

  /** The literal of the default that this function gives a component; null when it has none. */
  String literal(Element component) throws Problem {
    String name = ParameterReader.saltName(component);
    if (defaults.containsKey(name)) {
      return ParameterReader.literal(component, defaults.get(name));
    }
    Argument.Default value = component.getAnnotation(Argument.Default.class);
    return value == null ? null : ParameterReader.literal(component, value.value());
  }

  /** The expression for a component that the function does not take. */
  String constant(Element component) throws Problem {
    if (component.getAnnotation(Argument.Keywords.class) != null) {
      return "java.util.Map.of()";
    } else if (component.getAnnotation(Argument.Positional.class) != null) {
      return "java.util.List.of()";
    }
    String literal = literal(component);
    if (literal == null) {
      String name = ParameterReader.saltName(component);
      throw new Problem(parameter, "'" + name + "' has no default and must be taken");
    }
    return ArgumentType.of(component).constant(literal);
  }

  /** What the group's Javadoc says of a component; empty when it says nothing. */
  String doc(Element component) {
    return docs.getOrDefault(component.getSimpleName().toString(), "");
  }
}
