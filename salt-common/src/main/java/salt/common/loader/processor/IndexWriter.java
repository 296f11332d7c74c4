package salt.common.loader.processor;

import java.util.List;
import java.util.stream.Collectors;
import salt.common.loader.processor.ModuleSource.FunctionSource;

/** Writes the source of a module's index. */
final class IndexWriter {
  private static final String FRAME =
      """
      package %1$s;

      import salt.common.loader.BoundArguments;
      import salt.common.loader.Function;
      import salt.common.loader.Function.Parameter;
      import salt.common.loader.ModuleIndex;

      /** The functions of the module {@code %2$s}. */
      @javax.annotation.processing.Generated("salt.common.loader.processor.ModuleProcessor")
      public final class %3$sIndex implements ModuleIndex {
        /** Made by {@link java.util.ServiceLoader}. */
        public %3$sIndex() {}

        @Override
        public Kind kind() {
          return Kind.%4$s;
        }

        @Override
        public String module() {
          return "%2$s";
        }

        @Override
        public String doc() {
          return %5$s;
        }

        @Override
        public Object create(Object context) {
          return new %3$s(%6$s);
        }

        @Override
        public java.util.List<Function> functions() {
          return java.util.List.of(%7$s);
        }

        @Override
        public Object invoke(int function, Object instance, BoundArguments arguments)
            throws Exception {
          %3$s module = (%3$s) instance;
          switch (function) {
      %8$s      default:
              throw new IllegalArgumentException("no function " + function);
          }
        }
      %9$s}
      """;

  private final ModuleSource source;

  IndexWriter(ModuleSource source) {
    this.source = source;
  }

  String write() {
    List<FunctionSource> functions = source.functions();
    StringBuilder names = new StringBuilder();
    StringBuilder cases = new StringBuilder();
    StringBuilder declarations = new StringBuilder();
    for (int i = 0; i < functions.size(); i++) {
      names.append(i == 0 ? "" : ", ").append("function").append(i).append("()");
      cases.append(invocation(i, functions.get(i)));
      declarations.append(declaration(i, functions.get(i)));
    }
    return FRAME.formatted(
        source.packageName(),
        source.module(),
        source.className(),
        source.kind(),
        JavaLiteral.text(source.doc()),
        source.context().isEmpty() ? "" : "(" + source.context() + ") context",
        names,
        cases,
        declarations);
  }

  private static String invocation(int index, FunctionSource function) {
    String arguments = String.join(", ", function.parameters().expressions());
    String call = "module.%s(%s);\n".formatted(function.method(), arguments);
    return "      case %d:\n        ".formatted(index)
        + (function.returnsValue() ? "return " + call : call + "        return null;\n");
  }

  private String declaration(int index, FunctionSource function) {
    return """

      private static Function function%d() {
        return new Function(
            %s,
            java.util.List.of(%s),
            %s,
            java.util.List.of(%s),
            %s);
      }
    """
        .formatted(
            index,
            JavaLiteral.text(fullName(function.name())),
            function.aliases().stream()
                .map(alias -> JavaLiteral.text(fullName(alias)))
                .collect(Collectors.joining(", ")),
            JavaLiteral.text(function.doc()),
            String.join(", ", function.parameters().declarations()),
            JavaLiteral.text(function.outputter()));
  }

  private String fullName(String name) {
    return source.module() + "." + name;
  }
}
