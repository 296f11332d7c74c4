package salt.master.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.config.Options;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PushedFilesTest {
  @TempDir Path cachedir;

  private PushedFiles pushed(boolean enabled) {
    return new PushedFiles(
        Options.of(
            Map.of(
                "cachedir", cachedir.toString(), "file_recv", enabled, "file_recv_max_size", 1L)));
  }

  private Object push(String id, List<?> path, long offset, Object data) {
    return pushed(true)
        .fileRecv(
            Fields.of("_file_recv", Map.of("id", id, "path", path, "loc", offset, "data", data)));
  }

  private Path file(String path) {
    return cachedir.resolve("minions/web1/files").resolve(path);
  }

  @Test
  void a_file_is_put_together_of_its_parts() throws IOException {
    assertThat(push("web1", List.of("var", "log", "x"), 0, "one ")).isEqualTo(true);
    Bytes more = Bytes.wrap(new byte[] {(byte) 0xff, 'a'});
    assertThat(push("web1", List.of("var", "log", "x"), 4, more)).isEqualTo(true);
    assertThat(push("web1", List.of("var", "log", "x"), 4, more)).isEqualTo(true);
    assertThat(Files.readAllBytes(file("var/log/x")))
        .isEqualTo(new byte[] {'o', 'n', 'e', ' ', (byte) 0xff, 'a'});
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("var/log/x"))))
        .isEqualTo("rw-------");
    assertThat(push("web1", List.of("var", "log", "x"), 0, "new")).isEqualTo(true);
    assertThat(file("var/log/x")).hasContent("new");
    assertThat(push("web1", List.of("nothing"), 0, "")).isEqualTo(true);
    assertThat(file("nothing")).isEmptyFile();
  }

  @Test
  void nothing_is_taken_unless_the_master_wants_files() {
    Fields load =
        Fields.of("_file_recv", Map.of("id", "a", "path", List.of("x"), "loc", 0L, "data", "x"));
    assertThat(pushed(false).fileRecv(load)).isEqualTo(false);
    assertThat(cachedir.resolve("minions")).doesNotExist();
  }

  @Test
  void a_file_may_not_grow_beyond_the_limit() {
    String megabyte = "x".repeat(1024 * 1024);
    assertThat(push("web1", List.of("x"), 0, megabyte)).isEqualTo(true);
    assertThat(push("web1", List.of("x"), 1, megabyte)).isEqualTo(false);
    assertThat(push("web1", List.of("x"), 1024 * 1024, "y")).isEqualTo(false);
    assertThat(push("web1", List.of("x"), Long.MAX_VALUE, "y")).isEqualTo(false);
    assertThat(push("web1", List.of("x"), -1, "y")).isEqualTo(false);
    for (int i = 0; i < 3; i++) {
      assertThat(push("web1", List.of("x"), 1, "y".repeat(1000))).isEqualTo(true);
    }
    assertThat(file("x")).hasSize(1024 * 1024);
  }

  static Stream<List<?>> hostile() {
    return Stream.of(
        List.of(),
        List.of(""),
        List.of("."),
        List.of(".."),
        List.of("..", "x"),
        List.of("a", "..", "..", "x"),
        List.of("a/../../x"),
        List.of("../x"),
        List.of("..", "..", "web2", "files", "x"),
        List.of("/etc/passwd"),
        List.of("", "etc", "passwd"),
        List.of("a\0"),
        List.of(1L),
        List.of(List.of("x")),
        Arrays.asList("x", null),
        List.of("out", "x"),
        List.of("out"),
        List.of("dir"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_path_writes_nothing(List<?> path) throws IOException {
    Files.createDirectories(file("dir"));
    Path outside = Files.createDirectories(cachedir.resolve("outside"));
    Files.createSymbolicLink(file("out"), outside);
    assertThat(push("web1", path, 0, "x")).isEqualTo(false);
    try (Stream<Path> all = Files.walk(cachedir)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../..", "a/b", "/etc", "", ".", "a\\b", "a\0"})
  void a_hostile_id_writes_nothing(String id) throws IOException {
    assertThat(push(id, List.of("x"), 0, "x")).isEqualTo(false);
    try (Stream<Path> all = Files.walk(cachedir)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void a_load_without_what_it_needs_is_refused() {
    PushedFiles pushed = pushed(true);
    assertThat(pushed.fileRecv(Fields.of("x", Map.of("id", "a", "path", "x", "loc", 0L))))
        .isEqualTo(false);
    assertThat(pushed.fileRecv(Fields.of("x", Map.of("id", "a", "path", List.of("x")))))
        .isEqualTo(false);
  }
}
