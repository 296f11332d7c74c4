package salt.common.loader.processor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.StandardLocation;
import salt.common.loader.ExecutionModule;
import salt.common.loader.ModuleIndex;
import salt.common.loader.Runner;
import salt.common.loader.StateModule;

/**
 * Writes the index of each class annotated with {@link ExecutionModule}, {@link StateModule} or
 * {@link Runner}, and lists it for {@link java.util.ServiceLoader}. A declaration that can't work
 * is a compile error.
 */
@SupportedAnnotationTypes({
  "salt.common.loader.ExecutionModule",
  "salt.common.loader.Runner",
  "salt.common.loader.StateModule",
  "salt.common.loader.Exposed"
})
public final class ModuleProcessor extends AbstractProcessor {
  private static final String SERVICES = "META-INF/services/" + ModuleIndex.class.getName();

  private final NavigableSet<String> indexes = new TreeSet<>();

  /** Made by the compiler. */
  public ModuleProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (Element element : round.getElementsAnnotatedWith(ExecutionModule.class)) {
      String module = element.getAnnotation(ExecutionModule.class).value();
      index((TypeElement) element, ModuleIndex.Kind.EXECUTION, module);
    }
    for (Element element : round.getElementsAnnotatedWith(Runner.class)) {
      String module = element.getAnnotation(Runner.class).value();
      index((TypeElement) element, ModuleIndex.Kind.RUNNER, module);
    }
    for (Element element : round.getElementsAnnotatedWith(StateModule.class)) {
      String module = element.getAnnotation(StateModule.class).value();
      index((TypeElement) element, ModuleIndex.Kind.STATE, module);
    }
    if (round.processingOver() && !round.errorRaised() && !indexes.isEmpty()) {
      list();
    }
    return false;
  }

  private void index(TypeElement type, ModuleIndex.Kind kind, String module) {
    Elements elements = processingEnv.getElementUtils();
    try {
      ModuleSource source = new ModuleReader(elements).read(type, kind.name(), module);
      String name = source.packageName() + "." + source.className() + "Index";
      try (Writer file = processingEnv.getFiler().createSourceFile(name, type).openWriter()) {
        file.write(new IndexWriter(source).write());
      }
      indexes.add(name);
    } catch (Problem problem) {
      error(problem.getMessage(), problem.element());
    } catch (IOException e) {
      error("can't write the index: " + e, type);
    }
  }

  private void list() {
    try {
      NavigableSet<String> names = listed();
      names.addAll(indexes);
      FileObject file =
          processingEnv.getFiler().createResource(StandardLocation.CLASS_OUTPUT, "", SERVICES);
      try (Writer writer = file.openWriter()) {
        writer.write(String.join("\n", names) + "\n");
      }
    } catch (IOException e) {
      error("can't list the indexes: " + e, null);
    }
  }

  /** What an earlier compilation listed and is still there: one may compile a part alone. */
  private NavigableSet<String> listed() throws IOException {
    NavigableSet<String> names = new TreeSet<>();
    FileObject file;
    try {
      file = processingEnv.getFiler().getResource(StandardLocation.CLASS_OUTPUT, "", SERVICES);
      try (Reader reader = new InputStreamReader(file.openInputStream(), StandardCharsets.UTF_8);
          BufferedReader lines = new BufferedReader(reader)) {
        lines.lines().filter(this::exists).forEach(names::add);
      }
    } catch (NoSuchFileException none) {
      return names;
    }
    return names;
  }

  private boolean exists(String name) {
    String module = name.substring(0, name.length() - "Index".length());
    return processingEnv.getElementUtils().getTypeElement(module) != null;
  }

  private void error(String message, Element element) {
    processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, element);
  }
}
