package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code salt} and {@code salt-cp} print, by texts taken from real Salt 3006.28. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SaltCommandTest {
  private static final String NOBODY =
      "No minions matched the target. No command was sent, no jid was assigned.\n";
  private static final String JID = "[0-9]{20}";

  @TempDir private static Path directory;
  private static House house;

  @BeforeAll
  static void open() throws IOException {
    house = new House(directory, "web1", "web2");
    house.awaitMinions(2);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static House.Outcome salt(String... words) {
    return house.run("salt", words);
  }

  private static String withoutJids(String text) {
    return text.replaceAll(JID, "JID");
  }

  @Test
  void returns_are_printed_as_they_come() {
    House.Outcome outcome = salt("*", "test.echo", "hi");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .isIn("web1:\n    hi\nweb2:\n    hi\n", "web2:\n    hi\nweb1:\n    hi\n");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void verbose_names_the_job() {
    assertThat(withoutJids(salt("-v", "web1", "test.ping").out()))
        .isEqualTo(
            """
            Executing job with jid JID
            -------------------------------------------

            web1:
                True
            """);
    assertThat(withoutJids(salt("--show-jid", "web1", "test.ping").out()))
        .isEqualTo("jid: JID\nweb1:\n    True\n");
  }

  @Test
  void a_failed_function_is_an_exit_code_of_1() {
    House.Outcome outcome = salt("web1", "nofun.x");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo("web1:\n    'nofun.x' is not available.\n");
    assertThat(outcome.err()).isEqualTo("ERROR: Minions returned with non-zero exit code\n");
  }

  @Test
  void nobody_is_an_exit_code_of_2() {
    House.Outcome outcome = salt("web3", "test.ping");
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.out()).isEqualTo(NOBODY);
    assertThat(outcome.err()).endsWith("ERROR: No return received\n");
    assertThat(salt("--out=json", "web3", "test.ping").out()).isEqualTo(NOBODY + "{}\n");
  }

  @Test
  void async_prints_the_job_id_only() {
    House.Outcome outcome = salt("--async", "web1", "test.ping");
    assertThat(withoutJids(outcome.out())).isEqualTo("Executed command with job ID: JID\n");
    assertThat(salt("--async", "web3", "test.ping").out())
        .isEqualTo(NOBODY + "Executed command with job ID: 0\n");
  }

  @Test
  void names_of_a_list_that_are_no_minions_did_not_return() {
    House.Outcome outcome = salt("-L", "web1,nosuch", "test.ping");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(withoutJids(outcome.out()))
        .isEqualTo(
            """
            web1:
                True
            nosuch:
                Minion did not return. [No response]
                The minions may not have all finished running and any remaining minions will \
            return upon completion. To look up the return data for this job later, run the \
            following command:
               \s
                salt-run jobs.lookup_jid JID
            """);
  }

  @Test
  void a_summary_counts() {
    assertThat(withoutJids(salt("--summary", "-v", "-L", "web1,nosuch", "test.ping").out()))
        .endsWith(
            """


            -------------------------------------------
            Summary
            -------------------------------------------
            # of minions targeted: 2
            # of minions returned: 1
            # of minions that did not return: 1
            # of minions with errors: 0
            Minions not responding: nosuch
            -------------------------------------------
            """);
  }

  @Test
  void static_prints_all_at_the_end() {
    House.Outcome outcome = salt("-s", "*", "test.ping");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).isEqualTo("web1:\n    True\nweb2:\n    True\n");
  }

  @Test
  void progress_prints_a_summary() {
    House.Outcome outcome = salt("-p", "*", "test.ping");
    assertThat(outcome.out()).contains("# of minions returned: 2").doesNotContain("True");
    assertThat(outcome.err()).isEqualTo("\r50% (1 of 2)\r100% (2 of 2)\n");
  }

  @Test
  void a_batch_runs_on_so_many_at_a_time() {
    House.Outcome outcome = salt("-b", "1", "*", "test.ping");
    assertThat(outcome.exit()).isZero();
    assertThat(withoutJids(outcome.out()))
        .isEqualTo(
            """

            Executing run on ['web1']

            jid:
                JID
            retcode:
                0
            web1:
                True

            Executing run on ['web2']

            jid:
                JID
            retcode:
                0
            web2:
                True
            """);
  }

  @Test
  void a_batch_ends_with_the_worst_exit_code() {
    House.Outcome outcome = salt("-b", "100%", "--out=json", "web1", "nofun.x");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(withoutJids(outcome.out()))
        .isEqualTo(
            """

            Executing run on ['web1']

            {
                "retcode": 1,
                "jid": "JID",
                "web1": "'nofun.x' is not available."
            }
            """);
  }

  @Test
  void a_batch_needs_a_size() {
    for (String size : new String[] {"x", "0", "0%", "-1"}) {
      House.Outcome outcome = salt("--batch=" + size, "*", "test.ping");
      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.out())
          .isEqualTo(
              "Invalid batch data sent: " + size + "\nData must be in the form of %10, 10% or 3\n");
    }
  }

  @Test
  void a_batch_of_nobody_is_an_exit_code_of_2() {
    House.Outcome outcome = salt("-b", "1", "web3", "test.ping");
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.out()).isEqualTo(NOBODY + "No minions matched the target.\n");
    assertThat(outcome.err()).endsWith("ERROR: No return received\n");
  }

  @Test
  void a_subset_is_chosen_of_those_that_know_the_function() {
    assertThat(salt("--subset=1", "*", "test.ping").out())
        .isIn("web1:\n    True\n", "web2:\n    True\n");
  }

  @Test
  void several_functions_are_run_in_one_job() {
    assertThat(salt("web1", "test.ping,test.echo", ",", "hi").out())
        .isEqualTo(
            "web1:\n    ----------\n    test.echo:\n        hi\n    test.ping:\n        True\n");
  }

  @Test
  void documentation_is_printed_once() {
    House.Outcome outcome = salt("*", "-d", "test.ping");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).startsWith("test.ping:\n").endsWith("\n\n").doesNotContain("web1");
    assertThat(outcome.out().split("test.ping:", -1)).hasSize(2);
  }

  @Test
  void an_unknown_nodegroup_is_named() {
    House.Outcome outcome = salt("-N", "nog", "test.ping");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .isEqualTo("Node group nog unavailable in " + directory.resolve("master") + "\n");
  }

  @Test
  void returns_go_to_a_file() throws IOException {
    Path file = directory.resolve("returns.json");
    assertThat(salt("--out=json", "--out-file=" + file, "web1", "test.ping").out()).isEmpty();
    assertThat(file).content().isEqualTo("{\n    \"web1\": true\n}\n");
    Files.delete(file);
  }

  @Test
  void failhard_is_refused() {
    House.Outcome outcome = salt("--failhard", "-b", "1", "*", "test.ping");
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).contains("--failhard is not supported by this release");
  }
}
