package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import salt.master.job.LocalJobReader;

/** What {@code salt-cp} sends; that minions understand it is up to the tests with real ones. */
@Timeout(120)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CopyCommandTest {
  @TempDir private Path directory;
  @TempDir private Path files;
  private House house;

  @BeforeEach
  void open() throws IOException {
    house = new House(directory, "web1");
    house.awaitMinions(1);
    Files.writeString(files.resolve("a.conf"), "a\n");
    Files.setPosixFilePermissions(
        files.resolve("a.conf"), PosixFilePermissions.fromString("rw-r-----"));
    Files.createDirectories(files.resolve("tree/empty"));
    Files.createDirectories(files.resolve("tree/full"));
    Files.writeString(files.resolve("tree/full/b"), "b");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private House.Outcome copy(String... words) {
    return house.run("salt-cp", words);
  }

  private List<List<?>> sent(String fun) {
    LocalJobReader jobs = new LocalJobReader(directory.resolve("var/cache/salt/master"), "sha256");
    return jobs.jids().stream()
        .<Map<String, Object>>flatMap(jid -> jobs.load(jid).stream())
        .filter(load -> load.get("fun").equals(fun))
        .<List<?>>map(load -> (List<?>) load.get("arg"))
        .toList();
  }

  private static String unzipped(Object chunk) throws IOException {
    byte[] bytes = Base64.getDecoder().decode((String) chunk);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void texts_go_in_one_message() {
    String source = files.resolve("a.conf").toString();
    assertThat(copy("*", source, "/etc/").exit()).isZero();
    assertThat(sent("cp.recv")).isEqualTo(List.of(List.of(Map.of(source, "a\n"), "/etc/")));
  }

  @Test
  void directories_need_pieces() {
    House.Outcome outcome = copy("*", files.resolve("tree").toString(), "/etc");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out())
        .isEqualTo(
            files.resolve("tree")
                + " is a directory, only files are supported in non-chunked mode. Use"
                + " \"--chunked\" command line argument.\n");
    assertThat(sent("cp.recv")).isEmpty();
  }

  @Test
  void what_is_not_text_needs_pieces() throws IOException {
    Path source = Files.write(files.resolve("binary"), new byte[] {(byte) 0xff, 0});
    House.Outcome outcome = copy("*", source.toString(), "/etc/");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).isEqualTo(source + " is not text in UTF-8: use --chunked.\n");
  }

  @Test
  void one_file_in_pieces_gets_the_name_given() throws IOException {
    Files.writeString(
        directory.resolve("master"), "salt_cp_chunk_size: 1\n", StandardOpenOption.APPEND);
    assertThat(copy("-C", "-n", "*", files.resolve("a.conf").toString(), "/etc/b").exit()).isZero();
    assertThat(sent("cp.recv_chunked"))
        .isEqualTo(
            List.of(
                List.of("/etc/b", "YQ==", false, false, 0640L),
                List.of("/etc/b", "Cg==", true, false, 0640L)));
  }

  @Test
  void a_tree_keeps_its_shape() throws IOException {
    House.Outcome outcome =
        copy("-C", "*", files.resolve("tree").toString(), files.resolve("a.conf").toString(), "/d");
    assertThat(outcome.out()).startsWith("web1:\n    ----------\n    /d/a.conf:\n");
    List<List<?>> sent = sent("cp.recv_chunked");
    assertThat(sent).hasSize(3);
    assertThat(sent.get(0).get(0)).isEqualTo("/d/tree/full/b");
    assertThat(unzipped(sent.get(0).get(1))).isEqualTo("b");
    assertThat(sent.get(1).get(0)).isEqualTo("/d/a.conf");
    assertThat(sent.get(2).get(0)).isEqualTo("/d/tree/empty");
    assertThat(sent.get(2).get(1)).isNull();
  }

  @Test
  void an_empty_file_is_one_empty_piece() throws IOException {
    Path source = Files.createFile(files.resolve("nothing"));
    copy("-C", "*", source.toString(), "/etc/");
    assertThat(sent("cp.recv_chunked")).hasSize(1);
    assertThat(sent("cp.recv_chunked").get(0).get(0)).isEqualTo("/etc/nothing");
    assertThat(unzipped(sent("cp.recv_chunked").get(0).get(1))).isEmpty();
  }

  @Test
  void links_in_a_circle_are_refused() throws IOException {
    Files.createSymbolicLink(files.resolve("tree/full/up"), files.resolve("tree"));
    House.Outcome outcome = copy("-C", "*", files.resolve("tree").toString(), "/d");
    assertThat(outcome.exit()).isEqualTo(42);
    assertThat(outcome.err()).contains("tree/full/up is a link to a directory that it is in");
  }

  @Test
  void a_missing_file_is_named() {
    House.Outcome outcome = copy("-C", "*", files.resolve("none").toString(), "/d");
    assertThat(outcome.exit()).isEqualTo(42);
    assertThat(outcome.err()).isEqualTo(files.resolve("none") + " does not exist\n");
  }

  @Test
  void nobody_to_copy_to_is_said() {
    House.Outcome outcome = copy("-C", "web3", files.resolve("a.conf").toString(), "/d");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .isEqualTo("No minions matched the target. No command was sent, no jid was assigned.\n");
  }
}
