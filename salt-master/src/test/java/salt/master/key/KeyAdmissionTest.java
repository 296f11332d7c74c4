package salt.master.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.config.Options;
import salt.master.key.Admission.Outcome;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyAdmissionTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path directory;
  private KeyStore keys;
  private final Map<String, Object> options = new LinkedHashMap<>();
  private final Set<String> connected = new HashSet<>();

  @BeforeEach
  void makeDirectories() {
    keys = new KeyStore(directory.resolve("pki"));
    keys.createDirectories();
    options.put("autosign_timeout", 120L);
  }

  private Admission signIn(Object id, String key, Map<?, ?> grains) {
    return new KeyAdmission(Options.of(options), keys, NOON, () -> connected)
        .decide(id, key, grains);
  }

  private Admission signIn(String id) {
    return signIn(id, "KEY of " + id, Map.of());
  }

  @Test
  void a_new_key_waits_for_the_operator() {
    Admission admission = signIn("web1");

    assertThat(admission.outcome()).isEqualTo(Outcome.PENDING);
    assertThat(keys.read(KeyState.PENDING, "web1")).contains("KEY of web1");
    assertThat(admission.event())
        .isEqualTo(Map.of("result", true, "act", "pend", "id", "web1", "pub", "KEY of web1"));
  }

  @Test
  void an_accepted_key_is_let_in_whatever_its_line_ends() {
    keys.write(KeyState.ACCEPTED, "web1", "LINE\r\nLINE\r\n");

    assertThat(signIn("web1", "LINE\nLINE", Map.of()).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void another_key_under_an_accepted_id_is_denied_and_kept_as_evidence() {
    keys.write(KeyState.ACCEPTED, "web1", "THE KEY");

    Admission admission = signIn("web1", "A FORGED KEY", Map.of());

    assertThat(admission.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(admission.act()).contains("denied");
    assertThat(keys.read(KeyState.ACCEPTED, "web1")).contains("THE KEY");
    assertThat(keys.read(KeyState.DENIED, "web1")).contains("A FORGED KEY");
  }

  @Test
  void another_key_under_a_pending_id_is_denied() {
    signIn("web1");

    Admission admission = signIn("web1", "A FORGED KEY", Map.of());

    assertThat(admission.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(keys.read(KeyState.PENDING, "web1")).contains("KEY of web1");
  }

  @Test
  void a_rejected_key_stays_out() {
    keys.write(KeyState.REJECTED, "web1", "KEY of web1");

    assertThat(signIn("web1").outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(keys.list(KeyState.PENDING)).isEmpty();
  }

  @Test
  void auto_accept_lets_new_keys_in() {
    options.put("auto_accept", true);

    assertThat(signIn("web1").outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(keys.list(KeyState.ACCEPTED)).containsExactly("web1");
  }

  @Test
  void autosign_file_lists_ids_globs_and_expressions() throws IOException {
    options.put("autosign_file", write("autosign", "# comment\nweb*\ndb\\d+\n").toString());

    assertThat(signIn("web7").outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(signIn("db12").outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(signIn("db12x").outcome()).isEqualTo(Outcome.PENDING);
  }

  @Test
  void an_autosign_file_that_others_may_write_is_ignored() throws IOException {
    Path file = write("autosign", "*\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
    options.put("autosign_file", file.toString());

    assertThat(signIn("web1").outcome()).isEqualTo(Outcome.PENDING);
  }

  @Test
  void autoreject_wins_over_autosign_and_rejects_a_waiting_key() throws IOException {
    signIn("web1");
    options.put("auto_accept", true);
    options.put("autoreject_file", write("autoreject", "web1\n").toString());

    Admission admission = signIn("web1");

    assertThat(admission.act()).contains("reject");
    assertThat(keys.list(KeyState.REJECTED)).containsExactly("web1");
    assertThat(keys.list(KeyState.PENDING)).isEmpty();
  }

  @Test
  void a_stub_lets_one_minion_in_once() throws IOException {
    Path stub = directory.resolve("pki/minions_autosign/web1");
    Files.createFile(stub);
    Files.setLastModifiedTime(stub, FileTime.from(NOON.instant()));

    assertThat(signIn("web1").outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(stub).doesNotExist();
  }

  @Test
  void an_old_stub_is_removed_and_lets_nobody_in() throws IOException {
    Path stub = directory.resolve("pki/minions_autosign/web1");
    Files.createFile(stub);
    Files.setLastModifiedTime(stub, FileTime.from(NOON.instant().minusSeconds(121 * 60)));

    assertThat(signIn("web1").outcome()).isEqualTo(Outcome.PENDING);
    assertThat(stub).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"120, 119, ACCEPTED", "120, 121, PENDING", "0, 10000, ACCEPTED"})
  void a_stub_is_good_for_autosign_timeout_minutes_and_for_ever_with_0(
      long timeout, long age, Outcome expected) throws IOException {
    Path stub = directory.resolve("pki/minions_autosign/web1");
    Files.createFile(stub);
    Files.setLastModifiedTime(stub, FileTime.from(NOON.instant().minusSeconds(age * 60)));
    if (timeout == 120) {
      options.remove("autosign_timeout");
    } else {
      options.put("autosign_timeout", timeout);
    }

    assertThat(signIn("web1").outcome()).isEqualTo(expected);
  }

  @Test
  void a_grain_that_is_no_text_lets_nobody_in() throws IOException {
    Path grains = Files.createDirectory(directory.resolve("autosign_grains"));
    Files.writeString(grains.resolve("num_cpus"), "4\n");
    options.put("autosign_grains_dir", grains.toString());

    assertThat(signIn("web1", "K", Map.of("num_cpus", 4L)).outcome()).isEqualTo(Outcome.PENDING);
    assertThat(signIn("web2", "K", Map.of("num_cpus", "4")).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void a_grain_value_listed_by_the_operator_lets_in() throws IOException {
    Path grains = Files.createDirectory(directory.resolve("autosign_grains"));
    Files.writeString(grains.resolve("uuid"), "# ours\nabc-1\n");
    options.put("autosign_grains_dir", grains.toString());

    assertThat(signIn("web1", "K", Map.of("uuid", "abc-1")).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(signIn("web2", "K", Map.of("uuid", "abc-2")).outcome()).isEqualTo(Outcome.PENDING);
    assertThat(signIn("web3", "K", Map.of("../uuid", "abc-1")).outcome())
        .isEqualTo(Outcome.PENDING);
  }

  @Test
  void open_mode_replaces_the_stored_key() {
    keys.write(KeyState.ACCEPTED, "web1", "OLD");
    options.put("open_mode", true);

    assertThat(signIn("web1").outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(keys.read(KeyState.ACCEPTED, "web1")).contains("KEY of web1");
  }

  @Test
  void no_more_than_max_minions_are_let_in_but_those_inside_stay() {
    options.put("max_minions", 1L);
    connected.addAll(List.of("web1", "web2"));
    keys.write(KeyState.ACCEPTED, "web1", "KEY of web1");

    assertThat(signIn("web3").outcome()).isEqualTo(Outcome.FULL);
    assertThat(signIn("web1").outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "a\\b", "a\u0000b", "", ".hidden", "..", "a\nb"})
  void an_id_that_is_no_file_name_is_refused_and_leaves_no_file(String id) throws IOException {
    options.put("auto_accept", true);

    assertThat(signIn(id, "K", Map.of()).outcome()).isEqualTo(Outcome.REFUSED);
    try (var files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void an_id_that_is_too_long_or_no_text_is_refused() {
    assertThat(signIn("x".repeat(4096), "K", Map.of()).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(signIn(7L, "K", Map.of()).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(signIn(null, "K", Map.of()).outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void a_directory_in_place_of_the_pending_key_is_refused() throws IOException {
    Files.createDirectory(directory.resolve("pki/minions_pre/web1"));

    assertThat(signIn("web1").outcome()).isEqualTo(Outcome.REFUSED);
  }

  private Path write(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }
}
