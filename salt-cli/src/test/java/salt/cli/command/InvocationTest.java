package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import salt.cli.option.Option;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InvocationTest {
  @TempDir Path directory;

  @Test
  void the_version_is_that_of_the_release_of_salt_that_is_followed() {
    var outcome = new Caller(directory).run(new SaltProgram(), "--version", "--nosuch");
    assertThat(outcome.out()).isEqualTo("salt 3006.28 (Sulfur)\n");
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void the_versions_report_has_salt_java_libraries_and_system() {
    var outcome = new Caller(directory).run(new RunProgram(), "-V");
    assertThat(outcome.out())
        .startsWith("Salt Version:\n")
        .contains(" Salt: 3006.28\n", "\nJava Version:\n", " JeroMQ: ", "\nSystem Versions:\n")
        .endsWith("\n \n")
        .doesNotContain("${");
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void the_help_has_every_option_that_is_not_refused() {
    for (Program<?> program :
        List.of(
            new SaltProgram(),
            new KeyProgram(),
            new CallProgram(),
            new RunProgram(),
            new CopyProgram(),
            DaemonProgram.master(),
            DaemonProgram.minion())) {
      var outcome = new Caller(directory).run(program, "--help");
      var table = program.table(Map.of());
      assertThat(outcome.out()).startsWith(table.usageLine() + "\n");
      table.options().stream()
          .filter(Option::available)
          .forEach(option -> assertThat(outcome.out()).contains(option.names()));
      assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
      assertThat(outcome.exit()).isZero();
    }
  }

  @Test
  void the_help_breaks_lines_between_words() {
    var outcome = new Caller(directory).run(new SaltProgram(), "-h");
    assertThat(outcome.out().replaceAll("\\s+", " "))
        .contains("The directory of the configuration. Default: SALT_CONFIG_DIR or /etc/salt.");
  }

  @Test
  void options_of_the_configuration_count_unless_given() {
    Caller caller = new Caller(directory).write("master", "timeout: 30\noutput: json\n");
    var outcome = caller.run(new SaltProgram(), "*", "test.ping", "--out=txt");
    assertThat(outcome.request().options().integer("timeout")).isEqualTo(30);
    assertThat(outcome.request().options().text("output")).isEqualTo("txt");
    assertThat(outcome.request().options().flag("show_timeout")).isTrue();
  }

  @Test
  void a_saltfile_gives_options_that_the_command_line_leaves() {
    Caller caller =
        new Caller(directory)
            .write("Saltfile", "salt:\n  timeout: 7\n  verbose: true\n  output: json\n");
    var outcome = caller.run(new SaltProgram(), "*", "test.ping", "--out=txt");
    assertThat(outcome.request().options().integer("timeout")).isEqualTo(7);
    assertThat(outcome.request().options().flag("verbose")).isTrue();
    assertThat(outcome.request().options().text("output")).isEqualTo("txt");
  }

  @Test
  void a_saltfile_may_name_the_configuration() throws IOException {
    Files.createDirectories(directory.resolve("other"));
    Caller caller =
        new Caller(directory)
            .write("other/master", "timeout: 99\n")
            .write("Saltfile", "salt:\n  config_dir: other\n");
    var outcome = caller.run(new SaltProgram(), "*", "test.ping");
    assertThat(outcome.request().options().integer("timeout")).isEqualTo(99);
  }

  @Test
  void a_wrong_saltfile_is_an_error_that_names_it() {
    Caller caller = new Caller(directory).write("Saltfile", "salt: [1]\n");
    var outcome = caller.run(new SaltProgram(), "*", "test.ping");
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).contains(directory.resolve("Saltfile").toString());
  }

  @Test
  void a_wrong_configuration_is_an_error_that_names_the_file() {
    Caller caller = new Caller(directory).write("master", "a: [\n");
    var outcome = caller.run(new SaltProgram(), "*", "test.ping");
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).contains(directory.resolve("master").toString());
  }

  @Test
  void a_missing_directory_of_the_configuration_is_worth_a_warning() {
    Path missing = directory.resolve("missing");
    var outcome = new Caller(directory).run(new SaltProgram(), "-c", "missing", "*", "test.ping");
    assertThat(outcome.err())
        .isEqualTo("WARNING: CONFIG '" + missing + "' directory does not exist.\n");
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void arguments_from_standard_input_come_behind_and_keep_the_options_given() {
    Caller caller = new Caller(directory).types("test.arg\n-v\nx=1\n");
    var outcome = caller.run(new SaltProgram(), "-t", "9", "*", "--args-stdin");
    assertThat(outcome.request().fun()).isEqualTo("test.arg");
    assertThat(outcome.request().options().integer("timeout")).isEqualTo(9);
    assertThat(outcome.request().options().flag("verbose")).isTrue();
  }

  @Test
  void the_configuration_can_be_dumped() {
    Caller caller = new Caller(directory).write("master", "timeout: 31\n");
    var outcome = caller.run(new SaltProgram(), "--config-dump");
    assertThat(outcome.out()).contains("\ntimeout: 31\n", "\nworker_threads: 5\n");
    assertThat(outcome.exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--return=redis,--return",
    "-a pam,-a/--auth/--eauth/--external-auth",
    "-R,-R/--range",
    "--preview-target,--preview-target"
  })
  void an_option_whose_feature_is_missing_is_refused_by_name(String words, String names) {
    String[] all = ("* test.ping " + words).split(" ", -1);
    var outcome = new Caller(directory).run(new SaltProgram(), all);
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err())
        .endsWith("salt: error: option " + names + " is not supported by this release\n");
    assertThat(outcome.request()).isNull();
  }

  @Test
  void an_output_file_is_emptied_unless_it_is_appended_to() throws IOException {
    Caller caller = new Caller(directory).write("out", "old");
    caller.run(new SaltProgram(), "--out-file=out", "--out-file-append", "*", "test.ping");
    assertThat(directory.resolve("out")).hasContent("old");
    caller.run(new SaltProgram(), "--out-file=out", "*", "test.ping");
    assertThat(directory.resolve("out")).isEmptyFile();
  }

  @Test
  void a_program_that_runs_as_another_user_than_configured_stops() {
    Caller caller = new Caller(directory).write("master", "user: nobody-we-know\n");
    var outcome = caller.run(DaemonProgram.master());
    assertThat(outcome.exit()).isEqualTo(67);
    assertThat(outcome.err())
        .isEqualTo("Salt configured to run as user \"nobody-we-know\" but unable to switch.\n");
    assertThat(caller.run(new SaltProgram(), "*", "test.ping").exit()).isZero();
  }

  @Test
  void a_command_without_function_shows_the_help_first() {
    var outcome = new Caller(directory).run(new SaltProgram(), "*");
    assertThat(outcome.out()).startsWith("Usage: salt [options] '<target>' <function>");
    assertThat(outcome.err()).isEqualTo("\nIncomplete options passed.\n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'',list,all,true",
    "-L -A,list,all,true",
    "-a web*,accept,web*,false",
    "-D,delete,*,true",
    "-l un,list,un,false",
    "-A -f x,accept,*,true",
    "--gen-keys=k -L,gen_keys,k,false",
    "--gen-signature,gen_signature,'',false"
  })
  void salt_key_does_the_first_thing_asked_for(
      String words, String action, String match, boolean all) {
    String[] parts = words.isEmpty() ? new String[0] : words.split(" ", -1);
    KeyRequest request = new Caller(directory).run(new KeyProgram(), parts).request();
    assertThat(request.action()).isEqualTo(action);
    assertThat(request.match()).isEqualTo(match);
    assertThat(request.all()).isEqualTo(all);
  }

  @Test
  void salt_key_makes_keys_without_a_configuration() {
    var outcome =
        new Caller(directory)
            .run(new KeyProgram(), "-c", "missing", "--gen-keys=k", "--gen-keys-dir=keys");
    assertThat(outcome.err()).isEmpty();
    assertThat(directory.resolve("keys")).isDirectory();
  }

  @Test
  void salt_cp_sends_files_by_their_absolute_paths() {
    var outcome =
        new Caller(directory).run(new CopyProgram(), "-L", "a,b", "/etc/../x", "/y", "/tmp", "-n");
    CopyRequest request = outcome.request();
    assertThat(request.target()).isEqualTo(List.of("a", "b"));
    assertThat(request.sources()).containsExactly(Path.of("/x"), Path.of("/y"));
    assertThat(request.destination()).isEqualTo("/tmp");
    assertThat(request.options().flag("gzip")).isFalse();
    assertThat(new Caller(directory).run(new CopyProgram(), "a").err())
        .endsWith("salt-cp: error: Insufficient arguments\n");
  }

  @ParameterizedTest
  @CsvSource({"5", "2020010100000000000x", "20200101000000000000_"})
  void a_job_id_that_is_none_is_refused(String jid) {
    var outcome = new Caller(directory).run(new RunProgram(), "--jid", jid, "manage.up");
    assertThat(outcome.err()).endsWith("salt-run: error: '" + jid + "' is not a valid JID\n");
  }

  @Test
  void a_daemon_takes_its_options_from_line_and_file() {
    var outcome =
        new Caller(directory)
            .run(DaemonProgram.minion(), "-d", "--pid-file=/x.pid", "-l", "debug", "ignored");
    assertThat(outcome.request().options().flag("daemon")).isTrue();
    assertThat(outcome.request().options().text("pidfile")).isEqualTo("/x.pid");
    assertThat(outcome.request().options().text("log_level")).isEqualTo("debug");
    assertThat(outcome.request().options().text("id")).isEqualTo("web1");
  }
}
