package salt.common.loader.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import salt.common.loader.Exposed;
import salt.common.loader.processor.ModuleSource.FunctionSource;
import salt.common.loader.processor.ModuleSource.Parameters;

/** Reads the declaration of a module. */
final class ModuleReader {
  private final Elements elements;

  ModuleReader(Elements elements) {
    this.elements = elements;
  }

  ModuleSource read(TypeElement type, String kind, String module) throws Problem {
    Set<Modifier> modifiers = type.getModifiers();
    if (type.getNestingKind().isNested() || modifiers.contains(Modifier.ABSTRACT)) {
      throw new Problem(type, "a module must be a top-level class that can be made");
    }
    String doc = elements.getDocComment(type);
    if (doc == null) {
      throw new Problem(type, "the module '" + module + "' has no Javadoc");
    }
    return new ModuleSource(
        kind,
        module,
        elements.getPackageOf(type).getQualifiedName().toString(),
        type.getSimpleName().toString(),
        OperatorText.of(doc, UnaryOperator.identity(), Map.of()),
        context(type),
        functions(type));
  }

  private static String context(TypeElement type) throws Problem {
    List<ExecutableElement> constructors =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .filter(constructor -> !constructor.getModifiers().contains(Modifier.PRIVATE))
            .toList();
    if (constructors.size() != 1) {
      throw new Problem(type, "a module has exactly one constructor that is not private");
    }
    List<? extends VariableElement> parameters = constructors.get(0).getParameters();
    if (parameters.size() > 1) {
      throw new Problem(constructors.get(0), "a module's constructor takes the context alone");
    }
    return parameters.isEmpty() ? "" : parameters.get(0).asType().toString();
  }

  private List<FunctionSource> functions(TypeElement type) throws Problem {
    List<FunctionSource> functions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(type))) {
      Exposed exposed = method.getAnnotation(Exposed.class);
      if (exposed != null) {
        FunctionSource function = function(method, exposed);
        List<String> all = new ArrayList<>(function.aliases());
        all.add(function.name());
        for (String name : all) {
          if (!names.add(name)) {
            throw new Problem(method, "two functions are named '" + name + "'");
          }
        }
        functions.add(function);
      }
    }
    return functions;
  }

  private FunctionSource function(ExecutableElement method, Exposed exposed) throws Problem {
    String javaName = method.getSimpleName().toString();
    String name = exposed.name().isEmpty() ? Names.snakeCase(javaName) : exposed.name();
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      throw new Problem(method, "an exposed method can't be private");
    }
    String doc = elements.getDocComment(method);
    if (doc == null || doc.isBlank()) {
      throw new Problem(method, "the function '" + name + "' has no Javadoc");
    }
    Parameters parameters = new ParameterReader(elements).read(method);
    return new FunctionSource(
        javaName,
        name,
        List.of(exposed.aliases()),
        OperatorText.of(doc, parameter -> saltName(method, parameter), parameters.groupDocs()),
        exposed.outputter(),
        method.getReturnType().getKind() != TypeKind.VOID,
        parameters);
  }

  private static String saltName(ExecutableElement method, String javaName) {
    return method.getParameters().stream()
        .filter(parameter -> parameter.getSimpleName().contentEquals(javaName))
        .map(ParameterReader::saltName)
        .findFirst()
        .orElse(javaName);
  }
}
