package salt.common.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import salt.common.loader.CallException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SaltTemplatesTest {
  private final SaltTemplates templates = new SaltTemplates();
  private final Map<String, Object> variables = new HashMap<>();

  private String render(String template, SaltFunctions functions, String file) {
    SaltContext context =
        new SaltContext(variables, functions, TemplateFiles.NONE, "base", "", file, null);
    return templates.render(template, context);
  }

  private static SaltFunctions failing(CallException.Kind kind) {
    return new SaltFunctions() {
      @Override
      public Optional<Function> find(String name) {
        return Optional.of(
            (positional, keywords) -> {
              throw new CallException(kind, "it failed");
            });
      }

      @Override
      public boolean hasModule(String module) {
        return true;
      }
    };
  }

  @Test
  void a_template_sees_where_it_lies() {
    String shown =
        render("{{ tplfile }} {{ tpldir }} {{ tplroot }}", SaltFunctions.NONE, "a/b/c.j");

    assertThat(shown).isEqualTo("a/b/c.j a/b a");
  }

  @Test
  void a_function_that_fails_is_reported_as_salt_does() {
    assertThatThrownBy(
            () -> render("{{ salt['x.y']() }}", failing(CallException.Kind.EXECUTION), null))
        .isInstanceOf(TemplateProblem.class)
        .hasMessage("Problem running salt function in Jinja template: it failed");
  }

  @Test
  void the_last_end_of_line_stays() {
    assertThat(render("a\n", SaltFunctions.NONE, null)).isEqualTo("a\n");
    assertThat(render("a", SaltFunctions.NONE, null)).isEqualTo("a");
  }

  @Test
  void data_of_the_caller_can_be_changed_by_the_template() {
    Map<Object, Object> data = new HashMap<>();
    variables.put("data", data);

    render("{% do data.update(a=1) %}", SaltFunctions.NONE, null);

    assertThat(data).containsEntry("a", 1L);
  }

  @Test
  void data_that_can_not_be_changed_is_an_error_of_the_template() {
    variables.put("data", Map.of());

    assertThatThrownBy(() -> render("{% do data.update(a=1) %}", SaltFunctions.NONE, null))
        .isInstanceOf(TemplateProblem.class)
        .hasMessageContaining("can not be changed");
  }

  @Test
  void many_threads_share_a_template() throws Exception {
    String template =
        "{% macro m(x) %}{{ x * 2 }}{% endmacro %}"
            + "{% for i in range(50) %}{{ m(i + n) }},{% endfor %}";
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (long n = 0; n < 40; n++) {
        SaltContext context =
            new SaltContext(
                Map.of("n", n), SaltFunctions.NONE, TemplateFiles.NONE, "base", "", null, null);
        results.add(pool.submit(() -> templates.render(template, context)));
      }
      for (int n = 0; n < 40; n++) {
        assertThat(results.get(n).get()).startsWith(2 * n + "," + 2 * (n + 1) + ",");
      }
    } finally {
      pool.shutdown();
    }
  }
}
