package salt.common.loader.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.loader.Call;
import salt.common.loader.Function;
import salt.common.loader.Function.Parameter;
import salt.common.loader.LoaderTesting;
import salt.common.loader.ModuleIndex;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModuleProcessorTest {
  private static final String HEAD =
      """
      package probe;

      import java.util.List;
      import java.util.Map;
      import salt.common.loader.*;
      import salt.common.loader.Argument.*;

      /** A module. */
      @ExecutionModule("probe")
      final class Probe {
      """;

  @TempDir private Path classes;

  private List<String> problemsOf(String members) throws IOException {
    return Compiled.source(classes, HEAD + members + "}\n").problems();
  }

  private ModuleIndex index(String members) throws IOException, ClassNotFoundException {
    Compiled compiled = Compiled.source(classes, HEAD + members + "}\n");
    assertThat(compiled.problems()).isEmpty();
    return compiled.indexes().get(0);
  }

  @Test
  void a_function_is_listed_with_its_parameters_in_snake_case()
      throws IOException, ClassNotFoundException {
    ModuleIndex index =
        index(
            """
            /** Does. */
            @Exposed(aliases = "do_it", outputter = "nested")
            Object doWell(
                String userName,
                @Default("3") int count,
                @Named("default") @Default("[a, 1]") Object fallback,
                @Default("null") Boolean flag,
                @Positional List<Object> args,
                @Keywords Map<String, Object> kwargs,
                Call call) {
              return userName + count + fallback + flag + args + kwargs + call.fun();
            }
            """);
    Function function = index.functions().get(0);
    assertThat(function.name()).isEqualTo("probe.do_well");
    assertThat(function.aliases()).containsExactly("probe.do_it");
    assertThat(function.outputter()).isEqualTo("nested");
    assertThat(function.parameters())
        .containsExactly(
            Parameter.required("user_name"),
            Parameter.optional("count", 3L),
            Parameter.optional("default", List.of("a", 1L)),
            Parameter.optional("flag", null),
            Parameter.positional("args"),
            Parameter.keywords("kwargs"));
    assertThat(index.kind()).isEqualTo(ModuleIndex.Kind.EXECUTION);
    assertThat(index.doc()).isEqualTo("\n    A module.\n    ");
    Object result =
        LoaderTesting.functions(index)
            .call(
                "probe.do_it",
                List.of("u", 4L, "f", 1L, "more"),
                Map.of("__pub_x", 1L),
                new Call("probe.do_it", Map.of()));
    assertThat(result).isEqualTo("u4ftrue[more]{__pub_x=1}probe.do_it");
  }

  @Test
  void javadoc_becomes_text_shaped_like_a_docstring() throws IOException, ClassNotFoundException {
    ModuleIndex index =
        index(
            """
              /**
               * Does {@code x &lt; y}; see {@link #doWell} &amp; more.
               *
               * <p>CLI Example:
               *
               * <pre>{@code
               * salt '*' probe.do_well <x>
               *   indented
               * }</pre>
               *
               * @param userName the name,
               *     on two lines
               * @throws RuntimeException never
               */
              @Exposed
              void doWell(String userName) {}
            """);
    assertThat(index.functions().get(0).doc().lines())
        .containsExactly(
            "",
            "    Does x < y; see do_well & more.",
            "",
            "    CLI Example:",
            "",
            "        salt '*' probe.do_well <x>",
            "          indented",
            "",
            "    user_name",
            "        the name,",
            "        on two lines",
            "    ");
  }

  private static final String GROUP =
      """
      /**
       * Shared.
       *
       * @param runAs who runs
       * @param count how often
       */
      record Shared(
          @Default("null") String runAs,
          @Default("3") int count,
          @Default("1") Double pause,
          @Keywords Map<String, Object> kwargs) {}
      """;

  @Test
  void a_group_stands_in_the_place_of_its_parameter() throws IOException, ClassNotFoundException {
    ModuleIndex index =
        index(GROUP + "/** A. */ @Exposed Object a(Object cmd, @Group Shared s) { return s; }");
    assertThat(index.functions().get(0).parameters())
        .containsExactly(
            Parameter.required("cmd"),
            Parameter.optional("run_as", null),
            Parameter.optional("count", 3L),
            Parameter.optional("pause", 1L),
            Parameter.keywords("kwargs"));
    assertThat(index.functions().get(0).doc())
        .isEqualTo(
            "\n    A.\n\n    run_as\n        who runs\n\n    count\n        how often\n    ");
    Object result =
        LoaderTesting.functions(index)
            .call("probe.a", List.of("x", "me"), Map.of("n", 1L), new Call("probe.a", Map.of()));
    assertThat(result).hasToString("Shared[runAs=me, count=3, pause=1.0, kwargs={n=1}]");
  }

  @Test
  void a_function_takes_a_part_of_a_group_in_its_own_order_and_with_its_own_defaults()
      throws IOException, ClassNotFoundException {
    ModuleIndex index =
        index(
            GROUP
                + """
                /** A. */
                @Exposed
                Object a(
                    @Group(only = {"count", "run_as"}, defaults = {"run_as: root", "pause: 2"})
                    Shared first,
                    @Default("b") String between,
                    @Group(without = {"count", "run_as"}) Shared second) {
                  return first + between + second;
                }
                """);
    assertThat(index.functions().get(0).parameters())
        .containsExactly(
            Parameter.optional("count", 3L),
            Parameter.optional("run_as", "root"),
            Parameter.optional("between", "b"),
            Parameter.optional("pause", 1L),
            Parameter.keywords("kwargs"));
    Object result =
        LoaderTesting.functions(index)
            .call("probe.a", List.of(4L), Map.of(), new Call("probe.a", Map.of()));
    assertThat(result)
        .isEqualTo(
            "Shared[runAs=root, count=4, pause=2.0, kwargs={}]b"
                + "Shared[runAs=null, count=3, pause=1.0, kwargs={}]");
  }

  @Test
  void a_group_without_the_component_that_a_function_names_does_not_compile() throws IOException {
    assertThat(problemsOf(GROUP + "/** A. */ @Exposed void a(@Group(without = \"x\") Shared s) {}"))
        .containsExactly("22: the group has no component named 'x'");
    assertThat(
            problemsOf(
                GROUP + "/** A. */ @Exposed void a(@Group(defaults = \"count: ~\") Shared s) {}"))
        .containsExactly("22: 'count' is of a primitive type and can't be null");
  }

  @Test
  void a_group_that_is_no_record_or_says_nothing_does_not_compile() throws IOException {
    assertThat(problemsOf("/** A. */ @Exposed void a(@Group String s) {}"))
        .containsExactly("11: a group of arguments must be a record");
    assertThat(problemsOf("record R() {}\n/** A. */ @Exposed void a(@Group R r) {}"))
        .containsExactly("12: the group 'R' has no Javadoc");
  }

  @Test
  void a_function_without_javadoc_does_not_compile() throws IOException {
    assertThat(problemsOf("@Exposed void doIt() {}"))
        .containsExactly("11: the function 'do_it' has no Javadoc");
  }

  @Test
  void a_name_that_is_given_twice_does_not_compile() throws IOException {
    assertThat(
            problemsOf(
                "/** A. */ @Exposed void a() {}\n/** B. */ @Exposed(name = \"a\") void b() {}"))
        .containsExactly("12: two functions are named 'a'");
  }

  @Test
  void a_parameter_of_an_unknown_type_does_not_compile() throws IOException {
    assertThat(problemsOf("/** A. */ @Exposed void a(java.nio.file.Path path) {}"))
        .singleElement()
        .asString()
        .startsWith("11: a parameter can't be of type java.nio.file.Path;");
  }

  @Test
  void two_constructors_do_not_compile() throws IOException {
    assertThat(problemsOf("Probe() {}\nProbe(String context) {}"))
        .containsExactly("10: a module has exactly one constructor that is not private");
  }

  @Test
  void a_parameter_without_a_default_behind_one_that_has_it_does_not_compile() throws IOException {
    assertThat(problemsOf("/** A. */ @Exposed void a(@Default(\"1\") int b, int c) {}"))
        .containsExactly("11: 'c' needs a default: others before it have one");
  }

  @Test
  void a_default_of_null_for_a_primitive_type_does_not_compile() throws IOException {
    assertThat(problemsOf("/** A. */ @Exposed void a(@Default(\"null\") int b) {}"))
        .containsExactly("11: 'b' is of a primitive type and can't be null");
  }

  @Test
  void a_private_function_does_not_compile() throws IOException {
    assertThat(problemsOf("/** A. */ @Exposed private void a() {}"))
        .contains("11: an exposed method can't be private");
  }

  @Test
  void a_module_is_made_with_the_context_on_its_first_call()
      throws IOException, ClassNotFoundException {
    ModuleIndex index =
        index(
            """
            private final String context;
            Probe(String context) { this.context = context; }
            /** Tells. */ @Exposed String tell() { return context; }
            """);
    assertThat(
            LoaderTesting.functions("ctx", index)
                .call("probe.tell", List.of(), Map.of(), new Call("probe.tell", Map.of())))
        .isEqualTo("ctx");
    assertThat(LoaderTesting.functions("ctx", index).moduleDoc("probe"))
        .isEqualTo(Optional.of("\n    A module.\n    "));
  }
}
