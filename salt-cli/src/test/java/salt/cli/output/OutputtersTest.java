package salt.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.payload.Bytes;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutputtersTest {
  private static OutputOptions options(Map<String, ?> options) {
    return OutputOptions.of(options, false);
  }

  private static String render(String name, Object data, Map<String, ?> options) {
    return Outputters.render(name, data, options(options));
  }

  @Test
  void a_terminal_gets_colors_unless_told_otherwise() {
    Map<String, Object> data = Map.of("w", 1L);
    String colored = "\u001b[0;36mw\u001b[0;0m:\n    \u001b[0;1;33m1\u001b[0;0m";
    assertThat(Outputters.render(null, data, OutputOptions.of(Map.of(), true))).isEqualTo(colored);
    assertThat(Outputters.render(null, data, OutputOptions.of(Map.of("no_color", true), true)))
        .isEqualTo("w:\n    1");
    assertThat(
            Outputters.render(
                null, data, OutputOptions.of(Map.of("no_color", true, "force_color", true), true)))
        .isEqualTo(colored);
    assertThat(Outputters.render(null, data, OutputOptions.of(Map.of("output_file", "f"), true)))
        .isEqualTo("w:\n    1");
  }

  @Test
  void a_failed_result_is_shown_in_red() {
    OutputOptions options = options(Map.of("force_color", true)).failed();
    assertThat(Outputters.render("nested", Map.of("w", List.of("a", List.of("b"))), options))
        .isEqualTo(
            "\u001b[0;31mw\u001b[0;0m:\n    \u001b[0;32m- a\u001b[0;0m\n"
                + "    \u001b[0;31m|_\u001b[0;0m\n      \u001b[0;32m- b\u001b[0;0m");
  }

  @Test
  void a_theme_replaces_colors_by_their_names(@TempDir Path directory) throws IOException {
    Path theme = directory.resolve("theme");
    Files.writeString(theme, "CYAN: '0;35'\nnosuch: 1\n");
    Map<String, Object> options = Map.of("force_color", true, "color_theme", theme.toString());
    assertThat(render("nested", Map.of("w", ""), options)).isEqualTo("\u001b[0;35mw\u001b[0;0m:");
    Map<String, Object> missing = Map.of("force_color", true, "color_theme", theme + ".none");
    assertThat(render("nested", Map.of("w", ""), missing)).isEqualTo("\u001b[0;36mw\u001b[0;0m:");
  }

  @Test
  void keys_without_an_order_are_spelt_out() {
    Map<Object, Object> mixed = new LinkedHashMap<>();
    mixed.put(1L, 1L);
    mixed.put("1", 2L);
    mixed.put(10L, 3L);
    mixed.put("2", 5L);
    assertThat(render("nested", Map.of("w", mixed), Map.of()))
        .isEqualTo("w:\n    ----------\n    1:\n        2\n    10:\n        3\n    2:\n        5");
  }

  @Test
  void bytes_are_shown_where_salt_shows_them() {
    Map<String, Object> data = Map.of("w", Bytes.wrap(new byte[] {'a', '\r', '\n', -1}));
    assertThat(render("nested", data, Map.of())).isEqualTo("w:");
    assertThat(render("raw", data, Map.of())).isEqualTo("{'w': b'a\\r\\n\\xff'}");
    assertThat(render("txt", data, Map.of())).isEqualTo("w: b'a'\nw: b'\\xff'");
    assertThat(render("yaml", data, Map.of())).isEqualTo("w: !!binary |\n  YQ0K/w==");
  }

  @Test
  void pretty_print_takes_its_indent() {
    Map<String, Object> data = Map.of("a", "b".repeat(50), "c", "d".repeat(50));
    assertThat(render("pprint", data, Map.of("output_indent", 2L)))
        .isEqualTo("{ 'a': '" + "b".repeat(50) + "',\n  'c': '" + "d".repeat(50) + "'}");
    assertThat(render("pprint", Map.of("a", 1L), Map.of("output_indent", "pretty")))
        .isEqualTo("a:\n    1");
  }

  @Test
  void keys_that_json_cannot_have_leave_an_empty_document() {
    assertThat(render("json", Map.of(Bytes.utf8("a"), 1L), Map.of())).isEqualTo("{}");
  }

  @Test
  void tables_wrap_long_cells() {
    Map<String, Object> data =
        Map.of("w", List.of(Map.of("a_b", "l".repeat(40) + " " + "m".repeat(12))));
    String rule = "-".repeat(44);
    assertThat(render("table", data, Map.of()))
        .isEqualTo(
            String.join(
                "\n",
                "w:",
                "----------",
                "    " + rule,
                "    |                   A B                    |",
                "    " + rule,
                "    | " + "l".repeat(40) + " |",
                "    |               mmmmmmmmmmmm               |",
                "    " + rule));
  }

  @Test
  void virtual_machines_are_listed_by_hypervisor() {
    Map<String, Object> machine = Map.of("cpu", 2L, "disks", Map.of("vda", Map.of("file", "/x")));
    Object data = Map.of("data", Map.of("hyp", Map.of("vm_info", Map.of("v1", machine))));
    assertThat(render("virt_query", data, Map.of()))
        .isEqualTo("hyp\n  v1\n    CPU: 2\n    Disk - vda:\n      File: /x");
  }

  @Test
  void a_table_of_states_takes_a_format_of_ones_own() {
    Map<String, Object> state =
        Map.of(
            "result",
            true,
            "changes",
            Map.of(),
            "comment",
            "c",
            "__run_num__",
            0L,
            "start_time",
            "1:2:0",
            "duration",
            1.5);
    Map<String, Object> options =
        Map.of(
            "state_output", "terse",
            "state_tabular", "{6[start_time]}|{1:>5}|{4:^9}|{2!s:*<8}{{}}");
    assertThat(render("highstate", Map.of("w", Map.of("pkg_|-i_|-n_|-inst", state)), options))
        .startsWith("w:\n1:2:0|    n|  Clean  |pkg*****{}\n\nSummary for w\n");
  }

  @Test
  void results_go_to_the_file_that_was_named(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("out");
    Files.writeString(file, "before\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Display display = new Display(options(Map.of("output_file", file.toString())), stream);
    display.begin();
    display.show("txt", Map.of("w", "é"));
    display.show("quiet", Map.of("w", 1L));
    display.show("txt", Map.of("v", 2L));
    assertThat(file).hasContent("w: é\nv: 2\n");
    assertThat(bytes.size()).isZero();
    new Display(options(Map.of()), stream).show("txt", Map.of("w", "é"));
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("w: é" + System.lineSeparator());
  }
}
