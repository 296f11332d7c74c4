package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.loader.Call;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CpModuleTest {
  private static final int BUFFER = 1000;

  @TempDir Path dir;
  private Path roots;
  private TestMaster master;
  private TestMinion minion;

  @BeforeEach
  void start() throws IOException {
    roots = Files.createDirectories(dir.resolve("roots"));
    master = new TestMaster(roots, dir.resolve("received"), BUFFER);
    minion = new TestMinion(Map.of("cachedir", dir.resolve("cache").toString()));
    minion.link = master;
  }

  @Test
  void a_large_file_comes_whole_by_several_requests_at_once() throws IOException {
    byte[] content = write("large", 25_500);
    master.together = new CountDownLatch(2);
    assertThat(minion.job("cp.cache_file", "salt://large")).isEqualTo(cached("large").toString());
    assertThat(Files.readAllBytes(cached("large"))).isEqualTo(content);
    assertThat(master.mostAtOnce.get()).isGreaterThan(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cached("large"))))
        .isEqualTo("rw-------");
  }

  @Test
  void files_of_every_size_around_the_size_of_a_piece_come_whole() throws IOException {
    for (int size : new int[] {0, 1, 999, 1000, 1001, 3999, 4000, 4001, 5000, 8000}) {
      byte[] content = write("f" + size, size);
      minion.job("cp.get_file", "salt://f" + size, dir.resolve("got").toString());
      assertThat(Files.readAllBytes(dir.resolve("got"))).isEqualTo(content);
      minion.call(
          "cp.get_file",
          List.of("salt://f" + size, dir.resolve("zipped").toString()),
          Map.of("gzip", 5L),
          TestMinion.jobOf("cp.get_file"));
      assertThat(Files.readAllBytes(dir.resolve("zipped"))).isEqualTo(content);
    }
  }

  @Test
  void what_is_there_already_is_not_fetched_again_and_what_changed_is() throws IOException {
    write("file", 10);
    minion.job("cp.cache_file", "salt://file");
    master.requests.clear();
    minion.job("cp.cache_file", "salt://file");
    assertThat(master.commands()).containsExactly("_file_hash");
    byte[] changed = write("file", 2500);
    minion.job("cp.cache_file", "salt://file");
    assertThat(Files.readAllBytes(cached("file"))).isEqualTo(changed);
  }

  @Test
  void a_small_file_takes_two_requests() throws IOException {
    write("file", 10);
    minion.job("cp.cache_file", "salt://file");
    assertThat(master.commands()).containsExactly("_file_hash", "_serve_file");
  }

  @Test
  void a_file_whose_content_never_fits_its_hash_does_not_replace_the_old_one() throws IOException {
    Path place = Files.writeString(dir.resolve("place"), "old");
    write("file", 10);
    master.replies.put("_file_hash", Map.of("hsum", "00", "hash_type", "sha256"));
    assertThat(minion.job("cp.get_file", "salt://file", place.toString())).isEqualTo(false);
    assertThat(Files.readString(place)).isEqualTo("old");
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }

  @Test
  void a_replaced_file_keeps_its_mode_and_the_link_to_it() throws IOException {
    Path place = Files.writeString(dir.resolve("place"), "old");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-x---"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), place);
    byte[] content = write("file", 10);
    minion.job("cp.get_file", "salt://file", link.toString());
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readAllBytes(place)).isEqualTo(content);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void no_path_leads_out_of_the_cache() {
    assertThatThrownBy(() -> minion.job("cp.cache_dest", "salt://../../../etc/passwd"))
        .hasMessageStartingWith("Invalid path");
    assertThatThrownBy(() -> minion.job("cp.is_cached", "salt://x?saltenv=../../y"))
        .hasMessageStartingWith("Invalid path");
    assertThat(minion.job("cp.cache_file", "salt://../outside")).isEqualTo(false);
  }

  @Test
  void directories_and_the_whole_master_are_cached() throws IOException {
    write("d/a", 5);
    write("d/b", 5);
    write("c", 5);
    assertThat(minion.job("cp.cache_dir", "salt://d"))
        .isEqualTo(List.of(cached("d/a").toString(), cached("d/b").toString()));
    assertThat((List<?>) minion.job("cp.cache_master")).hasSize(3);
    assertThat(minion.job("cp.cache_dir", "salt://d", "base", false, "E@^d/[b-z]$"))
        .isEqualTo(List.of(cached("d/b").toString()));
  }

  @Test
  void files_are_pushed_in_pieces() throws IOException {
    byte[] content = write("big", 600_000);
    Path source = roots.resolve("big");
    assertThat(minion.job("cp.push", source.toString())).isEqualTo(true);
    Path received = dir.resolve("received").resolve(source.toString().substring(1));
    assertThat(Files.readAllBytes(received)).isEqualTo(content);
    assertThat(minion.job("cp.push", "relative")).isEqualTo(false);
    assertThat(minion.job("cp.push", "/etc/../etc/hosts")).isEqualTo(false);
    write("empty", 0);
    assertThat(minion.job("cp.push", roots.resolve("empty").toString(), false, "/up/it", true))
        .isEqualTo(true);
    assertThat(dir.resolve("received/up/it")).isEmptyFile();
    assertThat(roots.resolve("empty")).doesNotExist();
    assertThat(minion.job("cp.push_dir", roots.toString(), "b*", "/all")).isEqualTo(true);
    assertThat(Files.readAllBytes(dir.resolve("received/all/big"))).isEqualTo(content);
  }

  @Test
  void a_master_that_takes_no_files_is_reported() throws IOException {
    write("file", 10);
    master.replies.put("_file_recv", false);
    assertThat(minion.job("cp.push", roots.resolve("file").toString())).isEqualTo(false);
  }

  @Test
  void web_files_are_fetched_with_their_password_and_kept_without_it() throws IOException {
    byte[] content = "from the web".getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/d/file",
        exchange -> {
          String account = exchange.getRequestHeaders().getFirst("Authorization");
          boolean known = "Basic dTpw".equals(account);
          exchange.getResponseHeaders().set("ETag", "v1");
          boolean same = "v1".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
          exchange.sendResponseHeaders(
              same ? 304 : known ? 200 : 401, known && !same ? content.length : -1);
          if (known && !same) {
            exchange.getResponseBody().write(content);
          }
          exchange.close();
        });
    server.start();
    try {
      String host = "127.0.0.1:" + server.getAddress().getPort();
      String url = "http://u:p@" + host + "/d/file";
      Path kept =
          dir.resolve("cache/extrn_files/base").resolve(host.replace(":", "")).resolve("d/file");
      assertThat(minion.job("cp.cache_file", url)).isEqualTo(kept.toString());
      assertThat(Files.readAllBytes(kept)).isEqualTo(content);
      assertThat(minion.job("cp.cache_file", url, "base", null, true, true))
          .isEqualTo(kept.toString());
      Files.writeString(kept, "marked");
      minion.job("cp.cache_file", url, "base", null, true, true);
      assertThat(Files.readString(kept)).isEqualTo("marked");
      assertThat(minion.job("cp.get_url", url, null)).isEqualTo("from the web");
      assertThat(minion.job("cp.get_url", url, dir + "/")).isEqualTo(dir + "/file");
      assertThatThrownBy(() -> minion.job("cp.get_url", "http://" + host + "/d/file", null))
          .hasMessage("Error: HTTP 401 reading /d/file");
      assertThatThrownBy(() -> minion.job("cp.get_url", url.replace("/d", "/none"), null))
          .hasMessage("Error: HTTP 404 reading /none/file");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void sent_files_are_written() throws IOException {
    Path target = dir.resolve("target");
    assertThat(minion.job("cp.recv", Map.of("/x/a", "text"), target.toString()))
        .isEqualTo(Map.of(target.toString(), true));
    assertThat(minion.job("cp.recv", Map.of("/x/a", "text"), "/none/there/it"))
        .isEqualTo("Destination unavailable");
    Path deep = dir.resolve("deep/er/file");
    Call call = TestMinion.jobOf("cp.recv_chunked");
    String one = Base64.getEncoder().encodeToString("one ".getBytes(StandardCharsets.UTF_8));
    String zipped = "H4sIAAAAAAACAyvPLwIAv8CR8gMAAAA=";
    Map<String, ?> plain = Map.of("compressed", false, "mode", 0640L);
    assertThat(minion.call("cp.recv_chunked", List.of(deep.toString(), one), plain, call))
        .isEqualTo(true);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)))
        .isEqualTo("rw-r-----");
    Map<String, ?> more = Map.of("append", true);
    minion.call("cp.recv_chunked", List.of(deep.toString(), zipped), more, call);
    assertThat(Files.readString(deep)).isEqualTo("one wor");
    assertThat(minion.call("cp.recv_chunked", Arrays.asList(deep.toString(), null), Map.of(), call))
        .isEqualTo("Path exists and is a file");
  }

  @Test
  void scripts_of_the_master_run_and_leave_nothing() throws IOException {
    Files.writeString(roots.resolve("run.sh"), "#!/bin/sh\necho $0 $1\n");
    Map<?, ?> result = (Map<?, ?>) minion.job("cmd.script", "salt://run.sh", "'a b'");
    String[] words = ((String) result.get("stdout")).split(" ", 2);
    assertThat(words[0]).matches("/.*/__salt\\.tmp\\..*\\.sh");
    assertThat(words[1]).isEqualTo("a b");
    assertThat(Path.of(words[0])).doesNotExist();
    assertThat(minion.job("cmd.script_retcode", "salt://run.sh")).isEqualTo(0L);
    assertThat(((Map<?, ?>) minion.job("cmd.script", "salt://none.sh")).get("cache_error"))
        .isEqualTo(true);
  }

  private Path cached(String path) {
    return dir.resolve("cache/files/base").resolve(path);
  }

  private byte[] write(String path, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Path file = roots.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return content;
  }
}
