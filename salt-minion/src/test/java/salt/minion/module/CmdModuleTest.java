package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.loader.Call;
import salt.common.loader.CallException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CmdModuleTest {
  private final TestMinion minion = new TestMinion(Map.of());

  @Test
  void a_job_gets_a_shell_and_another_function_does_not() {
    assertThat(run("echo a | tr a b", Map.of())).isEqualTo("b");
    Call inner = TestMinion.jobOf("state.apply");
    assertThat(minion.call("cmd.run", List.of("echo a | tr a b"), Map.of(), inner))
        .isEqualTo("a | tr a b");
    TestMinion unsafe = new TestMinion(Map.of("cmd_safe", false));
    assertThat(unsafe.call("cmd.run", List.of("echo a | tr a b"), Map.of(), inner)).isEqualTo("b");
  }

  @Test
  void a_program_ended_by_a_signal_has_its_negative_number() {
    assertThat(retcode("kill -9 $$", Map.of())).isEqualTo(-9L);
    assertThat(retcode("sh -c 'kill -15 $$'; exit $?", Map.of())).isEqualTo(143L);
    assertThat(retcode(List.of("sh", "-c", "kill -9 $$"), Map.of("python_shell", false)))
        .isEqualTo(-9L);
  }

  @Test
  void the_environment_is_the_minions_with_the_given_one_over_it() {
    assertThat(
            run("echo $A$B$LC_MESSAGES", Map.of("env", List.of(Map.of("A", 1L), Map.of("B", 2L)))))
        .isEqualTo("12C");
    assertThat(run("/usr/bin/env | sort", Map.of("clean_env", true, "shell", "/bin/sh")))
        .asString()
        .doesNotContain("HOME=")
        .contains("LANGUAGE=C");
    assertThat(run("echo $PATH", Map.of("prepend_path", "/zz"))).asString().startsWith("/zz:");
    assertThat(run("echo ${LC_MESSAGES-unset}", Map.of("reset_system_locale", false)))
        .isEqualTo("unset");
  }

  @Test
  void a_mask_leaves_the_environment_as_it_was() {
    Map<String, Object> options =
        Map.of(
            "umask", "027", "clean_env", true, "python_shell", false, "reset_system_locale", false);
    assertThat(run("/usr/bin/env", options)).isEqualTo("");
    assertThat(run("umask", Map.of("umask", "077"))).isEqualTo("0077");
  }

  @Test
  void another_user_has_his_ids_home_and_environment() {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    assertThat(run("id -u; id -g; id -G; echo $USER $HOME", Map.of("runas", "daemon")))
        .isEqualTo("1\n1\n1\ndaemon /usr/sbin");
    assertThat(run("pwd; umask", Map.of("runas", "nobody", "umask", "022"))).isEqualTo("/\n0022");
    assertThat(run("id -un", Map.of("runas", "root"))).isEqualTo("root");
  }

  @Test
  void what_can_not_be_met_is_refused_in_the_words_of_salt() {
    refused(Map.of("runas", "nosuchuser_zz"), "User 'nosuchuser_zz' is not available");
    refused(Map.of("umask", "0"), "Zero umask is not allowed.");
    refused(Map.of("umask", "xyz"), "Invalid umask: 'xyz'");
    refused(Map.of("timeout", "abc"), "Error: timeout abc must be a number");
    refused(Map.of("output_encoding", "nope"), "unknown encoding: nope");
    refused(Map.of("success_retcodes", "a"), "success_retcodes must be a list of integers");
    refused(Map.of("template", "zz"), "Attempted to render file paths with unavailable engine zz");
    refused(
        Map.of("use_vt", true),
        "use_vt needs a virtual terminal, which this minion has none of: leave it out");
    assertThatThrownBy(() -> run("echo \"a", Map.of("python_shell", false)))
        .hasMessage("No closing quotation");
    assertThatThrownBy(() -> run("nosuchcmd_zz -x", Map.of("python_shell", false, "cwd", "/")))
        .isInstanceOf(CallException.class)
        .hasMessage(
            "Unable to run command '['nosuchcmd_zz', '-x']' with the context '{'cwd': '/',"
                + " 'shell': False, 'stdout': -1, 'stderr': -2, 'with_communicate': True,"
                + " 'timeout': None, 'bg': False, 'close_fds': True}', reason: [Errno 2] No such"
                + " file or directory: 'nosuchcmd_zz'");
  }

  @Test
  void a_command_whose_time_is_over_says_so() {
    assertThat(run(List.of("sleep", "60"), Map.of("timeout", 1L, "python_shell", false)))
        .isEqualTo("['sleep', '60'] : Timed out after 1 seconds");
    assertThat(run("sleep 60", Map.of("timeout", 0.5)))
        .isEqualTo("sleep 60 : Timed out after 0.5 seconds");
  }

  @Test
  void raise_err_turns_a_failure_into_an_error_with_the_output() {
    assertThatThrownBy(() -> run("echo why; exit 1", Map.of("raise_err", true)))
        .isInstanceOf(CallException.class)
        .hasMessage("why");
    assertThat(run("exit 1", Map.of("raise_err", true, "success_retcodes", "1"))).isEqualTo("");
  }

  @Test
  void input_and_output_are_converted() {
    assertThat(run("cat", Map.of("stdin", "a\\nb"))).isEqualTo("a\nb");
    assertThat(run("cat", Map.of("stdin", "a\\nb", "stdin_raw_newlines", true))).isEqualTo("a\\nb");
    assertThat(run("cat", Map.of("stdin", 5L))).isEqualTo("5");
    assertThat(run("printf '\\303\\251\\377'", Map.of("output_encoding", "latin-1")))
        .isEqualTo("\u00c3\u00a9\u00ff");
    assertThat(run("printf 'a\\302\\240 \\n'", Map.of())).isEqualTo("a");
    assertThat(run("printf 'a \\n'", Map.of("rstrip", false))).isEqualTo("a \n");
    // dash says "3: not found", bash "3: command not found"
    assertThat(run(3L, Map.of("python_shell", true)))
        .asString()
        .containsPattern("\\b3: (command )?not found");
  }

  @Test
  void commands_in_the_background_return_at_once() {
    assertThat(run("sleep 0.1", Map.of("bg", true))).isEqualTo("");
    Map<?, ?> all = (Map<?, ?>) call("cmd.run_all", "true", Map.of("bg", true));
    assertThat(all.get("retcode")).isNull();
    assertThat(((Map<?, ?>) call("cmd.run_bg", "true", Map.of())).get("pid"))
        .isInstanceOf(Long.class);
  }

  @Test
  void listed_commands_are_kept_from_jobs() {
    TestMinion guarded = new TestMinion(Map.of("cmd_blacklist_glob", List.of("rm *", "[!a-y]*")));
    assertThatThrownBy(() -> guarded.job("cmd.run", "rm -rf /nothing"))
        .hasMessage("The shell command \"rm -rf /nothing\" is not permitted");
    assertThatThrownBy(() -> guarded.job("cmd.run_all", "zz")).hasMessageContaining("permitted");
    assertThat(guarded.job("cmd.run", "echo ok")).isEqualTo("ok");
    TestMinion open = new TestMinion(Map.of("cmd_whitelist_glob", List.of("echo *")));
    assertThat(open.job("cmd.run", "echo ok")).isEqualTo("ok");
    assertThatThrownBy(() -> open.job("cmd.run", "id")).hasMessageContaining("not permitted");
  }

  @Test
  void code_is_run_by_its_interpreter() {
    assertThat(
            minion.call(
                "cmd.exec_code",
                List.of("sh", "echo $1$X"),
                Map.of("args", List.of("a"), "env", Map.of("X", "y")),
                TestMinion.jobOf("cmd.exec_code")))
        .isEqualTo("ay");
  }

  @Test
  void programs_and_shells_are_found() {
    assertThat(minion.job("cmd.which", "sh")).asString().endsWith("/sh");
    assertThat(minion.job("cmd.which_bin", List.of("nosuch_zz", "sh"))).asString().endsWith("/sh");
    assertThat(minion.job("cmd.shells")).isInstanceOf(List.class);
    Map<?, ?> bash = (Map<?, ?>) minion.job("cmd.shell_info", "bash");
    assertThat(bash.get("installed")).isEqualTo(true);
    assertThat(bash.get("version")).asString().matches("\\d+\\.\\d+(\\.\\d+)?");
  }

  @Test
  void a_terminal_that_is_not_there_is_not_created(@TempDir Path dir) {
    assertThat(minion.job("cmd.tty", "ttyzz", "x"))
        .isEqualTo(Map.of("Error", "Echoing to /dev/ttyzz returned error"));
    assertThat(Files.exists(Path.of("/dev/ttyzz"))).isFalse();
    assertThat(minion.job("cmd.tty", "tty/../../" + dir, "x"))
        .isEqualTo(Map.of("Error", "The specified device is not a valid TTY"));
  }

  @Test
  void another_root_is_never_the_root_itself() {
    assertThatThrownBy(() -> minion.job("cmd.run_chroot", "/", "true"))
        .hasMessage("'/' is not an absolute directory below /");
  }

  private void refused(Map<String, ?> options, String message) {
    assertThatThrownBy(() -> run("echo x", options)).hasMessage(message);
  }

  private Object run(Object command, Map<String, ?> options) {
    return call("cmd.run", command, options);
  }

  private Object retcode(Object command, Map<String, ?> options) {
    return call("cmd.retcode", command, options);
  }

  private Object call(String function, Object command, Map<String, ?> options) {
    return minion.call(function, List.of(command), options, TestMinion.jobOf(function));
  }
}
