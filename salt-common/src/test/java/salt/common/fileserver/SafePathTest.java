package salt.common.fileserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.config.Options;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SafePathTest {
  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void tree() throws Exception {
    directory = directory.toRealPath();
    root = directory.resolve("root");
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(directory.resolve("secret"), "s3");
    Files.createDirectories(directory.resolve("other"));
    Files.writeString(directory.resolve("other/passwd"), "root");
    Files.writeString(root.resolve("file"), "ok");
    Files.createSymbolicLink(root.resolve("inside"), Path.of("file"));
    Files.createSymbolicLink(root.resolve("outside"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("abs"), directory.resolve("other"));
    Files.createSymbolicLink(root.resolve("chain"), Path.of("sub/next"));
    Files.createSymbolicLink(root.resolve("sub/next"), Path.of("../../secret"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    Process fifo = new ProcessBuilder("mkfifo", root.resolve("fifo").toString()).start();
    assertThat(fifo.waitFor()).isZero();
  }

  /** Paths that must never give a file, whatever links may do. */
  static Stream<String> hostile() {
    return Stream.of(
        "",
        ".",
        "./",
        "./.",
        "..",
        "../",
        "../secret",
        "./../secret",
        "sub/../../secret",
        "sub/../file",
        "sub/..",
        "a/b/../../../secret",
        "//etc/passwd",
        "/etc/passwd",
        "/",
        "///",
        "/proc/self/environ",
        "....//....//secret/../../secret",
        "..//secret",
        "sub//..//..//secret",
        "\0",
        "file\0",
        "file\0.txt",
        "../secret\0.sls",
        "..\0/secret",
        "%2e%2e/secret",
        "%2e%2e%2fsecret",
        "..%2fsecret",
        "..%c0%afsecret",
        "..\\secret",
        "..\\..\\secret",
        "\\..\\secret",
        "C:\\Windows\\win.ini",
        "\u2025/secret",
        "\uff0e\uff0e/secret",
        "..\u2215secret",
        "~/secret",
        "~root/.ssh/id_rsa",
        "$HOME/secret",
        "file:///etc/passwd",
        "salt://../secret",
        "file/../../secret",
        "file/.",
        "sub",
        "fifo",
        "loop",
        "..;/secret",
        ".. /secret",
        " ../secret",
        "../root/file",
        "../root/../secret",
        "sub/" + "../".repeat(300) + "etc/passwd",
        "a".repeat(5000),
        "a/".repeat(3000) + "x");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_path_gives_no_file(String path) {
    if (path.equals("file/.")) {
      // The letters lead back to the file itself, as in Salt.
      assertThat(SafePath.regularFile(root, path, true)).contains(root.resolve("file"));
      return;
    }
    assertThat(SafePath.regularFile(root, path, true)).isEmpty();
    assertThat(SafePath.regularFile(root, path, false)).isEmpty();
    FileServer server =
        new FileServer(
            Options.of(
                Map.of(
                    "file_roots",
                    Map.of("base", List.of(root.toString())),
                    "fileserver_followsymlinks",
                    true)),
            Clock.systemUTC());
    assertThat(server.find(path, "base")).isEmpty();
    assertThat(server.find("|" + path, "base")).isEmpty();
    SafePath.join(root, path)
        .ifPresent(joined -> assertThat(joined.normalize()).startsWithRaw(root).isNotEqualTo(root));
  }

  @ParameterizedTest
  @ValueSource(strings = {"outside", "up/secret", "abs/passwd", "chain", "sub/next"})
  void a_link_leads_out_of_the_root_only_where_that_is_allowed(String path) {
    assertThat(SafePath.regularFile(root, path, true)).isPresent();
    assertThat(SafePath.regularFile(root, path, false)).isEmpty();
    assertThat(SafePath.joinWithin(root, path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "inside", "./file", "sub/./../inside"})
  void what_stays_in_the_root_is_found(String path) {
    boolean dots = path.contains("..");
    assertThat(SafePath.regularFile(root, path, false).isPresent()).isEqualTo(!dots);
  }

  @Test
  void what_does_not_exist_yet_can_be_joined() {
    assertThat(SafePath.joinWithin(root, "new/file")).contains(root.resolve("new/file"));
    assertThat(SafePath.joinWithin(root, "up/new")).isEmpty();
    assertThat(SafePath.joinWithin(root, "outside/new")).isEmpty();
  }

  @Test
  void the_root_itself_may_be_reached_by_links() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), root);
    assertThat(SafePath.regularFile(link, "file", false)).isPresent();
    assertThat(SafePath.regularFile(link, "outside", false)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "web1.example.net, true",
    "ünï, true",
    "a b, true",
    "..., true",
    "..x, true",
    "a/b, false",
    "a\\b, false",
    "., false",
    ".., false",
    "/a, false",
    "'', false"
  })
  void an_entry_is_a_single_name(String name, boolean good) {
    assertThat(SafePath.entry(root, name).isPresent()).isEqualTo(good);
    assertThat(SafePath.entry(root, name + "\0")).isEmpty();
  }
}
