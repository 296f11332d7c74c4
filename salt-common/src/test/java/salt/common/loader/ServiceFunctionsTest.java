package salt.common.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import salt.common.loader.Function.Parameter;
import salt.common.yaml.Yaml;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServiceFunctionsTest {
  private static final String DOC = "\n    Waits.\n    ";

  private final Functions functions = LoaderTesting.functions(new Probe("probe"));

  private Object call(String name, List<?> args, Map<String, ?> kwargs) {
    return functions.call(name, args, kwargs, new Call(name, Map.of()));
  }

  /** The texts of real Salt for functions of these shapes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sleep   | []        | {}          | sleep() missing 1 required positional argument: 'length'",
        "sleep   | [1, 2]    | {}          | sleep() takes 1 positional argument but 2 were given",
        "sleep   | [1]       | {length: 1} | sleep() got multiple values for argument 'length'",
        "sleep   | [1]       | {x: 3}      | sleep() got an unexpected keyword argument 'x'",
        "ping    | [1]       | {}          | ping() takes 0 positional arguments but 1 was given",
        "three   | []        | {}          | three() missing 3 required positional arguments: 'a', 'b', and 'c'",
        "three   | [1]       | {}          | three() missing 2 required positional arguments: 'b' and 'c'",
        "three   | [1,2,3,4,5] | {}        | three() takes from 3 to 4 positional arguments but 5 were given",
        "sleep   | [foo]     | {}          | sleep() argument 'length' must be an integer, not 'foo'",
        "sleep   | [[1]]     | {}          | sleep() argument 'length' must be an integer, not list",
      })
  void wrong_arguments_are_told_in_the_words_of_python(
      String function, String args, String kwargs, String message) {
    CallException failure =
        catchThrowableOfType(
            CallException.class,
            () -> call("probe." + function, (List<?>) Yaml.load(args), named(Yaml.load(kwargs))));
    assertThat(failure.kind()).isEqualTo(CallException.Kind.INVALID_ARGUMENTS);
    assertThat(failure).hasMessage(message);
  }

  private static Map<String, Object> named(Object yaml) {
    Map<String, Object> named = new LinkedHashMap<>();
    ((Map<?, ?>) yaml).forEach((name, value) -> named.put((String) name, value));
    return named;
  }

  @Test
  void arguments_are_converted_as_leniently_as_python_would() {
    assertThat(call("probe.sleep", List.of("3"), Map.of())).isEqualTo(3);
    assertThat(call("probe.sleep", List.of(true), Map.of())).isEqualTo(1);
    assertThat(call("probe.sleep", List.of(2.0), Map.of())).isEqualTo(2);
    assertThat(call("probe.sleep", List.of(), Map.of("length", 5L, "__pub_jid", "1"))).isEqualTo(5);
  }

  @Test
  void names_that_start_with_underscores_reach_only_functions_that_take_any() {
    Map<String, Object> kwargs = Map.of("__pub_jid", "1");
    assertThat(call("probe.any", List.of(), kwargs)).isEqualTo(kwargs);
    assertThat(call("probe.ping", List.of(), kwargs)).isEqualTo(true);
  }

  @Test
  void unknown_keywords_of_a_job_are_listed_together() {
    Map<String, Object> kwargs = new LinkedHashMap<>();
    kwargs.put("x", "abc");
    kwargs.put("y", List.of(1L, "a"));
    kwargs.put("length", 1L);
    assertThatThrownBy(() -> functions.find("probe.sleep").orElseThrow().checkKeywords(kwargs))
        .hasMessage("The following keyword arguments are not valid: x=abc, y=[1, 'a']");
  }

  @Test
  void errors_of_a_function_reach_the_caller() {
    assertThatThrownBy(() -> call("probe.fail", List.of("state"), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThatThrownBy(() -> call("probe.fail", List.of("io"), Map.of()))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("disk");
    assertThatThrownBy(() -> call("probe.nosuch", List.of(), Map.of()))
        .hasMessage("'probe.nosuch' is not available.");
  }

  @Test
  void a_module_may_span_several_classes_but_not_declare_a_function_twice() {
    Functions twice = LoaderTesting.functions(new Probe("probe"), new Probe("other"));
    assertThat(twice.modules()).containsExactly("other", "probe");
    Functions wrong = LoaderTesting.functions(new Probe("probe"), new Probe("probe"));
    assertThatThrownBy(wrong::names).hasMessageStartingWith("two classes declare the function");
  }

  @Test
  void each_program_words_a_failure_in_its_own_way() {
    CallFailure arguments = failure(CallException.Kind.INVALID_ARGUMENTS);
    assertThat(arguments.jobReturn()).isEqualTo("Passed invalid arguments to x.y: boo\n" + DOC);
    assertThat(arguments.commandMessage())
        .isEqualTo("\nPassed invalid arguments: boo.\n\nUsage:\n" + DOC + "\n");
    CallFailure invocation = failure(CallException.Kind.INVOCATION);
    assertThat(invocation.jobReturn()).isEqualTo("ERROR executing 'x.y': boo");
    assertThat(invocation.commandMessage()).startsWith("\nPassed invalid arguments: boo.");
    CallFailure execution = failure(CallException.Kind.EXECUTION);
    assertThat(execution.jobReturn()).isEqualTo("ERROR: boo");
    assertThat(execution.commandMessage()).isEqualTo("Error running 'x.y': boo\n");
    CallFailure command = failure(CallException.Kind.COMMAND_NOT_FOUND);
    assertThat(command.jobReturn()).isEqualTo("Command required for 'x.y' not found: boo");
    assertThat(failure(CallException.Kind.UNKNOWN_KEYWORDS).commandMessage()).isEqualTo("boo\n");
    assertThat(failure(CallException.Kind.NOT_AVAILABLE).exitCode()).isEqualTo(255);
    assertThat(execution.exitCode()).isEqualTo(1);
  }

  private static CallFailure failure(CallException.Kind kind) {
    return new CallFailure("x.y", DOC, new CallException(kind, "boo"));
  }

  @Test
  void an_unforeseen_error_ends_in_its_type_and_message_like_a_traceback() {
    assertThat(new CallFailure("x.y", DOC, new PythonError("ValueError", "boo")).jobReturn())
        .startsWith("The minion function caused an exception: Traceback (most recent call last):\n")
        .endsWith("\nValueError: boo\n");
    assertThat(new CallFailure("x.y", DOC, new PythonError("TypeError", "boo")).jobReturn())
        .startsWith("Passed invalid arguments to x.y: boo\n");
  }

  /** What the processor writes, by hand. */
  private record Probe(String module) implements ModuleIndex {
    @Override
    public Kind kind() {
      return Kind.EXECUTION;
    }

    @Override
    public String doc() {
      return DOC;
    }

    @Override
    public List<Function> functions() {
      Parameter[] three = {
        Parameter.required("a"),
        Parameter.required("b"),
        Parameter.required("c"),
        Parameter.optional("d", null)
      };
      return List.of(
          function("ping"),
          function("sleep", Parameter.required("length")),
          function("three", three),
          function("any", Parameter.keywords("kwargs")),
          function("fail", Parameter.required("how")));
    }

    private Function function(String name, Parameter... parameters) {
      return new Function(module + "." + name, List.of(), DOC, List.of(parameters), "");
    }

    @Override
    public Object create(Object context) {
      return new ArrayList<>();
    }

    @Override
    public Object invoke(int function, Object module, BoundArguments arguments) throws IOException {
      return switch (function) {
        case 0 -> true;
        case 1 -> arguments.integer(0);
        case 3 -> arguments.keywords(0);
        case 4 -> {
          if (arguments.text(0).equals("io")) {
            throw new IOException("disk");
          }
          throw new IllegalStateException("broken");
        }
        default -> null;
      };
    }
  }
}
