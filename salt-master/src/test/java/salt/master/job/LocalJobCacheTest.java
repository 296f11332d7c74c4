package salt.master.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import salt.common.testing.Recorded;
import salt.master.job.JobCache.Outcome;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LocalJobCacheTest {
  private static final String JID = "20261123200733599004";

  @TempDir Path directory;
  private LocalJobCache cache;

  @BeforeEach
  void open() {
    cache = new LocalJobCache(directory, "sha256");
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private void openJob(String jid) {
    cache.open(jid, Map.of("fun", "test.ping", "tgt", "*"), List.of("web1", "web2"), true).join();
  }

  @TestFactory
  Stream<DynamicTest> files_written_by_a_real_master_are_read_and_written_alike()
      throws IOException {
    List<?> jobs = (List<?>) Recorded.map("/protocol/job_cache.json").get("jobs");
    return jobs.stream()
        .map(Map.class::cast)
        .map(job -> DynamicTest.dynamicTest((String) job.get("jid"), () -> checkVector(job)));
  }

  private void checkVector(Map<?, ?> vector) throws IOException {
    String jid = (String) vector.get("jid");
    Path job = directory.resolve("jobs").resolve((String) vector.get("directory"));
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<?, ?> described = (Map<?, ?>) vector.get("files");
    described.forEach(
        (name, file) ->
            files.put(
                (String) name, HexFormat.of().parseHex((String) ((Map<?, ?>) file).get("hex"))));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.createDirectories(job.resolve(file.getKey()).getParent());
      Files.write(job.resolve(file.getKey()), file.getValue());
    }

    Map<String, Object> load = cache.load(jid).orElseThrow();
    List<String> minions = cache.minions(jid);
    Map<String, Map<String, Object>> returns = cache.returns(jid);

    Path copy = directory.resolve("copy");
    try (LocalJobCache other = new LocalJobCache(copy, "sha256")) {
      other.open(jid, load, minions, !files.containsKey("nocache")).join();
      returns.forEach((id, found) -> other.store(jid, id, found).join());
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path written = copy.resolve("jobs").resolve((String) vector.get("directory"));
      assertThat(Files.readAllBytes(written.resolve(file.getKey())))
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void a_return_is_found_by_its_job() {
    openJob(JID);

    assertThat(cache.store(JID, "web1", Map.of("return", true, "retcode", 0L, "id", "web1")).join())
        .isEqualTo(Outcome.STORED);
    assertThat(cache.returns(JID)).isEqualTo(Map.of("web1", Map.of("return", true, "retcode", 0L)));
    assertThat(cache.minions(JID)).containsExactly("web1", "web2");
  }

  @Test
  void the_first_of_two_returns_stands_whoever_races() {
    openJob(JID);

    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (long i = 0; i < 50; i++) {
      long value = i;
      outcomes.add(
          CompletableFuture.supplyAsync(
              () -> cache.store(JID, "web1", Map.of("return", value)).join()));
    }

    assertThat(outcomes.stream().map(CompletableFuture::join).filter(Outcome.STORED::equals))
        .hasSize(1);
  }

  @Test
  void a_return_for_a_job_nobody_opened_is_not_kept() {
    assertThat(cache.store(JID, "web1", Map.of("return", true)).join())
        .isEqualTo(Outcome.UNKNOWN_JOB);
    assertThat(cache.returns(JID)).isEmpty();
  }

  @Test
  void a_job_without_cache_keeps_no_returns() {
    cache.open(JID, Map.of("fun", "test.ping"), List.of("web1"), false).join();

    assertThat(cache.store(JID, "web1", Map.of("return", true)).join()).isEqualTo(Outcome.NOT_KEPT);
    assertThat(cache.returns(JID)).isEmpty();
  }

  @Test
  void an_id_that_is_no_file_name_stores_nothing_outside() {
    openJob(JID);

    assertThat(cache.store(JID, "../../../escaped", Map.of("return", true)).join())
        .isEqualTo(Outcome.UNKNOWN_JOB);
    assertThat(directory.resolve("escaped")).doesNotExist();
  }

  @Test
  void jids_are_listed_oldest_first() {
    openJob("20261123200733599005");
    openJob(JID);

    assertThat(cache.jids()).containsExactly(JID, "20261123200733599005");
  }

  @Test
  void jobs_older_than_the_limit_are_forgotten() throws IOException {
    openJob(JID);
    openJob("20261123200733599005");
    cache.store(JID, "web1", Map.of("return", true)).join();
    try (Stream<Path> files = Files.walk(directory.resolve("jobs"))) {
      Path old =
          files
              .filter(file -> file.endsWith("jid"))
              .filter(file -> read(file).equals(JID))
              .findFirst()
              .orElseThrow();
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(90_000)));
    }

    assertThat(cache.expire(Instant.now().minusSeconds(86_400))).isEqualTo(1);
    assertThat(cache.jids()).containsExactly("20261123200733599005");
  }

  @Test
  void the_journal_is_closed_to_others() throws IOException {
    openJob(JID);
    Path journals = directory.resolve("jobs_journal");
    assertThat(mode(journals)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(journals)) {
      assertThat(files.map(LocalJobCacheTest::mode)).containsOnly("rw-------");
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_a_crash_took_from_the_files_is_written_again_from_the_journal() throws IOException {
    openJob(JID);
    cache.store(JID, "web1", Map.of("return", "precious")).join();
    Path journals = directory.resolve("jobs_journal");
    Path saved = Files.createDirectory(directory.resolve("saved"));
    try (Stream<Path> files = Files.list(journals)) {
      for (Path journal : files.toList()) {
        Files.copy(journal, saved.resolve(journal.getFileName()));
      }
    }
    cache.close();

    Path crashed = directory.resolve("crashed");
    Files.createDirectories(crashed.resolve("jobs_journal"));
    try (Stream<Path> files = Files.list(saved)) {
      for (Path journal : files.toList()) {
        Files.copy(journal, crashed.resolve("jobs_journal").resolve(journal.getFileName()));
        Files.writeString(
            crashed.resolve("jobs_journal").resolve(journal.getFileName()),
            "\0\0\1\0cut short",
            java.nio.file.StandardOpenOption.APPEND);
      }
    }
    try (LocalJobCache after = new LocalJobCache(crashed, "sha256")) {
      assertThat(after.returns(JID)).isEqualTo(Map.of("web1", Map.of("return", "precious")));
      assertThat(after.minions(JID)).containsExactly("web1", "web2");
    }
  }

  @Test
  void a_broken_file_is_passed_over() throws IOException {
    openJob(JID);
    cache.store(JID, "web1", Map.of("return", true)).join();
    cache.store(JID, "web2", Map.of("return", true)).join();
    try (Stream<Path> files = Files.walk(directory.resolve("jobs"))) {
      Path broken = files.filter(file -> file.endsWith("web1/return.p")).findFirst().orElseThrow();
      Files.write(broken, new byte[] {(byte) 0xdf, 1});
    }

    assertThat(cache.returns(JID)).containsOnlyKeys("web2");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
