package salt.master.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.config.Options;
import salt.common.fileserver.FileServer;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileCommandsTest {
  private static final String EMPTY_HASH =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path root;
  private FileCommands commands;

  @BeforeEach
  void files() throws IOException {
    root = root.toRealPath();
    Files.createDirectories(root.resolve("web/void"));
    Files.writeString(root.resolve("top.sls"), "base: {}\n");
    Files.write(root.resolve("web/big"), new byte[600]);
    Files.writeString(root.resolve("empty"), "");
    Files.createSymbolicLink(root.resolve("link"), Path.of("top.sls"));
    Options options =
        Options.of(
            Map.of(
                "file_roots",
                Map.of("base", List.of(root.toString()), "dev", List.of()),
                "fileserver_followsymlinks",
                true,
                "file_buffer_size",
                256L,
                "renderer",
                "jinja|yaml",
                "default_top",
                "base",
                "nodegroups",
                Map.of("g", "*")));
    commands = new FileCommands(new FileServer(options, Clock.systemUTC()), options);
  }

  private static Fields load(Object... namesAndValues) {
    Map<String, Object> load = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      load.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return Fields.of("test", load);
  }

  @Test
  void a_file_is_found_with_its_stat() {
    Map<?, ?> reply = (Map<?, ?>) commands.fileFind(load("path", "top.sls", "saltenv", "base"));
    assertThat(reply.get("path")).isEqualTo(root.resolve("top.sls").toString());
    assertThat(reply.get("rel")).isEqualTo("top.sls");
    assertThat(reply.get("back")).isEqualTo("roots");
    assertThat((List<?>) reply.get("stat")).hasSize(10);
    assertThat(commands.fileFind(load("path", "top.sls"))).isEqualTo(reply);
    assertThat(commands.fileFind(load("path", "nope", "saltenv", "base")))
        .isEqualTo(Map.of("path", "", "rel", ""));
    assertThat(commands.fileFind(load())).isEqualTo(Map.of("path", "", "rel", ""));
  }

  @Test
  void a_hash_is_given_with_or_without_stat() {
    Map<String, Object> hash = Map.of("hash_type", "sha256", "hsum", EMPTY_HASH);
    assertThat(commands.fileHash(load("path", "empty", "saltenv", "base"))).isEqualTo(hash);
    assertThat(commands.fileHash(load("path", "nope", "saltenv", "base"))).isEqualTo("");
    assertThat(commands.fileHash(load("path", "empty"))).isEqualTo("");
    List<?> both = (List<?>) commands.fileHashAndStat(load("path", "empty", "saltenv", "base"));
    assertThat(both.get(0)).isEqualTo(hash);
    assertThat((List<?>) both.get(1)).hasSize(10);
    assertThat(commands.fileHashAndStat(load("path", "nope", "saltenv", "base")))
        .isEqualTo(Arrays.asList("", null));
  }

  @Test
  void a_file_is_served_in_parts_until_an_empty_one() {
    List<Integer> lengths = new ArrayList<>();
    long offset = 0;
    int length;
    do {
      Map<?, ?> reply =
          (Map<?, ?>) commands.serveFile(load("path", "web/big", "saltenv", "base", "loc", offset));
      assertThat(reply.get("dest")).isEqualTo("web/big");
      length = ((Bytes) reply.get("data")).length();
      lengths.add(length);
      offset += length;
    } while (length > 0);
    assertThat(lengths).containsExactly(256, 256, 88, 0);
  }

  @Test
  void a_part_may_be_compressed() {
    Map<?, ?> reply =
        (Map<?, ?>)
            commands.serveFile(load("path", "web/big", "saltenv", "base", "loc", 0L, "gzip", 5L));
    assertThat(reply.get("gzip")).isEqualTo(5L);
    assertThat(((Bytes) reply.get("data")).length()).isLessThan(50);
    reply =
        (Map<?, ?>)
            commands.serveFile(load("path", "web/big", "saltenv", "base", "loc", 600L, "gzip", 5L));
    assertThat(reply.containsKey("gzip")).isFalse();
    reply =
        (Map<?, ?>)
            commands.serveFile(load("path", "web/big", "saltenv", "base", "loc", 0L, "gzip", null));
    assertThat(((Bytes) reply.get("data")).length()).isEqualTo(256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "../top.sls", "/etc/passwd", "web", "", "top.sls\0"})
  void what_is_not_served_is_empty(String path) {
    assertThat(commands.serveFile(load("path", path, "saltenv", "base", "loc", 0L)))
        .isEqualTo(Map.of("data", "", "dest", ""));
  }

  @Test
  void a_load_without_what_it_needs_is_not_served() {
    Object nothing = Map.of("data", "", "dest", "");
    assertThat(commands.serveFile(load("path", "top.sls", "saltenv", "base"))).isEqualTo(nothing);
    assertThat(commands.serveFile(load("path", "top.sls", "loc", 0L))).isEqualTo(nothing);
    assertThat(commands.serveFile(load("saltenv", "base", "loc", 0L))).isEqualTo(nothing);
    assertThat(commands.fileList(load())).isEqualTo(List.of());
    assertThat(commands.symlinkList(load())).isEqualTo(Map.of());
  }

  @Test
  void environments_are_listed() {
    Fields base = load("saltenv", "base", "prefix", "");
    assertThat(commands.fileList(base)).isEqualTo(List.of("empty", "link", "top.sls", "web/big"));
    assertThat(commands.fileList(load("saltenv", "base", "prefix", "/web/")))
        .isEqualTo(List.of("web/big"));
    assertThat(commands.dirList(base)).isEqualTo(List.of("web", "web/void"));
    assertThat(commands.fileListEmptydirs(base)).isEqualTo(List.of("web/void"));
    assertThat(commands.symlinkList(base)).isEqualTo(Map.of("link", "top.sls"));
    assertThat(commands.fileList(load("saltenv", "nope"))).isEqualTo(List.of());
    assertThat(commands.fileEnvs(load())).isEqualTo(List.of("base", "dev"));
    assertThat(commands.fileEnvs(load("sources", true)))
        .isEqualTo(Map.of("roots", List.of("base", "dev")));
  }

  @Test
  void a_minion_learns_the_options_it_needs() {
    Map<?, ?> few = (Map<?, ?>) commands.masterOpts(load("env_only", true));
    assertThat(new ArrayList<Object>(few.keySet()))
        .isEqualTo(List.of("file_roots", "top_file_merging_strategy", "env_order", "default_top"));
    assertThat(few.get("file_roots")).isEqualTo(Map.of("base", List.of(), "dev", List.of()));
    Map<?, ?> all = (Map<?, ?>) commands.masterOpts(load());
    assertThat(all.get("renderer")).isEqualTo("jinja|yaml");
    assertThat(all.get("nodegroups")).isEqualTo(Map.of("g", "*"));
    assertThat(all.size()).isEqualTo(16);
  }
}
