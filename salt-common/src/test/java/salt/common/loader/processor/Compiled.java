package salt.common.loader.processor;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import salt.common.loader.ModuleIndex;

/** The outcome of compiling one class {@code probe.Probe} with the processor and all warnings. */
record Compiled(List<String> problems, Path classes) {
  static Compiled source(Path classes, String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              new StringWriter(),
              files,
              diagnostics,
              List.of("-Xlint:all,-processing,-serial", "-Werror", "--release", "17"),
              null,
              List.of(new Source(source)));
      task.setProcessors(List.of(new ModuleProcessor()));
      task.call();
    }
    List<String> problems =
        diagnostics.getDiagnostics().stream()
            .filter(one -> one.getKind() != Diagnostic.Kind.NOTE)
            .map(one -> one.getLineNumber() + ": " + one.getMessage(null))
            .toList();
    return new Compiled(problems, classes);
  }

  /** The indexes that are listed; all that was compiled is loaded too. */
  List<ModuleIndex> indexes() throws IOException, ClassNotFoundException {
    String services = "META-INF/services/" + ModuleIndex.class.getName();
    if (!Files.exists(classes.resolve(services))) {
      return List.of();
    }
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ModuleIndex.class.getClassLoader())) {
      for (Path file : compiled()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class.forName("probe." + name, true, loader);
      }
      return ServiceLoader.load(ModuleIndex.class, loader).stream()
          .filter(provider -> provider.type().getName().startsWith("probe."))
          .map(ServiceLoader.Provider::get)
          .toList();
    }
  }

  private List<Path> compiled() throws IOException {
    try (Stream<Path> files = Files.list(classes.resolve("probe"))) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String content;

    Source(String content) {
      super(URI.create("string:///probe/Probe.java"), Kind.SOURCE);
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}
