package salt.common.fileserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.Json;

/** What the file server of real Salt answered for a tree of files, and what it cannot show. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileServerTest {
  @TempDir Path root;
  private final Fields recorded = read();
  private Options options;

  private static Fields read() {
    try (InputStream in = FileServerTest.class.getResourceAsStream("/fileserver/roots.json")) {
      return Fields.require(
          "roots", Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void tree() throws IOException {
    root = root.toRealPath();
    for (Object item : recorded.list("tree")) {
      List<?> entry = (List<?>) item;
      Path path = root.resolve((String) entry.get(1));
      Files.createDirectories(path.getParent());
      switch ((String) entry.get(0)) {
        case "dir" -> Files.createDirectories(path);
        case "file" -> {
          Files.writeString(path, (String) entry.get(2));
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        }
        default -> Files.createSymbolicLink(path, Path.of(here((String) entry.get(2))));
      }
    }
    Map<String, Object> roots = new LinkedHashMap<>();
    recorded.map("file_roots").forEach((name, list) -> roots.put((String) name, here(list)));
    options =
        Options.of(
            Map.of(
                "file_roots",
                roots,
                "fileserver_backend",
                List.of("roots"),
                "fileserver_followsymlinks",
                true,
                "file_buffer_size",
                1_048_576L,
                "fileserver_list_cache_time",
                0L));
  }

  private String here(String text) {
    return text.replace("$ROOT", root.toString());
  }

  private Object here(Object value) {
    return Json.parse(here(Json.write(value)));
  }

  private FileServer server(Map<?, ?> more) {
    Options all = options;
    for (Map.Entry<?, ?> each : more.entrySet()) {
      all = all.with((String) each.getKey(), each.getValue());
    }
    return new FileServer(all, Clock.systemUTC());
  }

  @TestFactory
  Stream<DynamicTest> real_Salt_gives_the_same() {
    List<DynamicTest> tests = new ArrayList<>();
    recorded
        .map("variants")
        .forEach(
            (name, item) -> {
              Fields variant = Fields.require("variant", item);
              FileServer server = server(variant.map("options"));
              tests.add(
                  DynamicTest.dynamicTest(
                      name + " environments",
                      () -> assertThat(server.environments()).isEqualTo(variant.list("envs"))));
              for (Object each : variant.list("files")) {
                Fields file = Fields.require("file", each);
                tests.add(
                    DynamicTest.dynamicTest(
                        name + " " + file.text("saltenv") + " " + file.text("path"),
                        () -> checkFile(server, file)));
              }
              for (Object each : variant.list("lists")) {
                Fields lists = Fields.require("lists", each);
                tests.add(
                    DynamicTest.dynamicTest(
                        name + " lists of " + lists.text("saltenv") + " " + lists.text("prefix"),
                        () -> checkLists(server, lists)));
              }
            });
    return tests.stream();
  }

  private void checkFile(FileServer server, Fields expected) {
    Optional<FoundFile> found = server.find(expected.text("path"), expected.text("saltenv"));
    Map<String, Object> reply = new LinkedHashMap<>(Map.of("path", "", "rel", ""));
    found.ifPresent(file -> reply.putAll(file.toReply()));
    reply.computeIfPresent(
        "stat", (name, stat) -> List.of(((List<?>) stat).get(0), ((List<?>) stat).get(6)));
    assertThat(reply).isEqualTo(here(expected.any("find")));
    assertThat(found.map(server::hash).map(Object.class::cast).orElse(""))
        .isEqualTo(expected.any("hash"));
    // Salt finds a file of another environment named in the path, then sends it as an empty one.
    if (found.isPresent() && !expected.text("path").contains("?saltenv=")) {
      for (Object item : expected.list("chunks")) {
        List<?> chunk = (List<?>) item;
        assertThat(server.chunk(found.get(), (Long) chunk.get(0), 0))
            .isEqualTo(Bytes.utf8((String) chunk.get(1)));
        assertThat(found.get().relative()).isEqualTo(chunk.get(2));
      }
    }
  }

  private void checkLists(FileServer server, Fields expected) {
    String environment = expected.text("saltenv");
    String prefix = expected.text("prefix");
    assertThat(server.files(environment, prefix)).isEqualTo(expected.list("file_list"));
    assertThat(server.emptyDirectories(environment, prefix))
        .isEqualTo(expected.list("file_list_emptydirs"));
    assertThat(server.directories(environment, prefix)).isEqualTo(expected.list("dir_list"));
    assertThat(server.links(environment, prefix)).isEqualTo(here(expected.any("symlink_list")));
  }

  @Test
  void a_chunk_is_compressed_by_itself() throws IOException {
    FileServer server = server(Map.of("file_buffer_size", 256L));
    FoundFile file = server.find("web/files/a.conf", "base").orElseThrow();
    Bytes chunk = server.chunk(file, 256, 5);
    assertThat(chunk.length()).isLessThan(100);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(chunk.toArray()))) {
      assertThat(in.readAllBytes()).hasSize(256);
    }
    assertThat(server.chunk(file, 700, 5).length()).isZero();
    assertThat(server.chunk(file, Long.MAX_VALUE, 0).length()).isZero();
  }

  @Test
  void a_hash_follows_the_file() throws IOException {
    FileServer server = server(Map.of());
    FoundFile file = server.find("zero", "base").orElseThrow();
    Object before = server.hash(file);
    assertThat(server.hash(file)).isEqualTo(before);
    Files.writeString(file.path(), "changed");
    assertThat(server.hash(file)).isNotEqualTo(before);
  }

  @Test
  void lists_are_kept_for_the_configured_time() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T00:00:00Z"));
    FileServer server = new FileServer(options.with("fileserver_list_cache_time", 20L), clock(now));
    assertThat(server.files("dev", "new")).isEmpty();
    Files.writeString(root.resolve("two/new"), "");
    now.set(now.get().plusSeconds(19));
    assertThat(server.files("dev", "new")).isEmpty();
    now.set(now.get().plusSeconds(1));
    assertThat(server.files("dev", "new")).containsExactly("new");
    Files.writeString(root.resolve("two/newer"), "");
    server.forgetLists(List.of("dev"));
    assertThat(server.files("dev", "new")).containsExactly("new", "newer");
  }

  private static Clock clock(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }

  @Test
  void a_loop_of_links_ends() throws IOException {
    Files.createSymbolicLink(root.resolve("two/round"), Path.of("."));
    Files.createSymbolicLink(root.resolve("two/self"), Path.of("self"));
    assertThat(server(Map.of()).files("dev", ""))
        .containsExactly("only.txt", "self", "web/files/b.conf", "web/init.sls");
    assertThat(server(Map.of()).directories("dev", "round")).containsExactly("round");
    assertThat(server(Map.of("fileserver_followsymlinks", false)).find("self", "dev")).isEmpty();
  }

  @Test
  void an_environment_name_does_not_lead_out_of_its_place() {
    FileServer server = server(Map.of());
    assertThat(server.find("secret.txt", "qa")).isEmpty();
    for (String name : List.of("..", "../envs", "x/../..", "qa/..", "", "/", "qa\0")) {
      assertThat(server.find("secret.txt", name)).as(name).isEmpty();
      assertThat(server.find("secret.txt?saltenv=" + name, "base")).as(name).isEmpty();
      assertThat(server.files(name, "")).as(name).isEmpty();
    }
  }

  @Test
  void a_backend_that_is_not_there_serves_nothing() {
    FileServer server = server(Map.of("fileserver_backend", List.of("gitfs")));
    assertThat(server.environments()).isEmpty();
    assertThat(server.find("top.sls", "base")).isEmpty();
  }
}
