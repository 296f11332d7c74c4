package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The note by which launchers start Java without starting other programs first. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LaunchNoteTest {
  private static final long DEADLINE_SECONDS = 60;

  /** Every distribution gets a copy of the one archive, which takes seconds to make. */
  @TempDir static Path shared;

  @TempDir Path directory;

  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeAll
  static void build_a_distribution_with_an_archive() throws Exception {
    MainClasses.writeDistribution(shared);
    Files.writeString(shared.resolve("lib/build-sum"), "one\n");
    Map<String, String> plain = new LinkedHashMap<>();
    plain.put("JAVA_HOME", System.getProperty("java.home"));
    plain.put("PATH", System.getenv("PATH"));
    start(shared.resolve("bin/salt"), shared, plain, "args");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!archived()) {
      assertThat(System.nanoTime()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean archived() {
    return Stream.of(shared.resolve("lib").toFile().list()).anyMatch(name -> name.endsWith(".jsa"))
        && Stream.of(shared.resolve("lib").toFile().list())
            .noneMatch(name -> name.endsWith(".lock"));
  }

  @BeforeEach
  void write_a_note() throws Exception {
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("LC_ALL", "C.UTF-8");
    Files.deleteIfExists(note());
    Files.writeString(shared.resolve("lib/build-sum"), "one\n");
    assertThat(run("properties", "salt.note")).isEqualTo("null\n");
    assertThat(note()).exists();
  }

  private static Path note() {
    return shared.resolve("lib/launch-note");
  }

  private String run(String... words) throws Exception {
    return start(shared.resolve("bin/salt"), directory, environment, words);
  }

  private static String start(
      Path program, Path here, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    Path out = here.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(here.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  private void assertThatNoteIsUsed() throws Exception {
    assertThat(run("properties", "salt.note")).isEqualTo(note() + "\n");
  }

  @Test
  void a_start_by_the_note_needs_no_other_program_and_uses_the_archive() throws Exception {
    environment.put("PATH", Files.createDirectories(directory.resolve("empty")).toString());
    // Java stops if told to share class data and unable to.
    environment.put("SALT_JAVA_OPTS", "-Xshare:on");
    assertThatNoteIsUsed();
    assertThat(run("args", "*", "a b")).isEqualTo("[salt, args, *, a b]\n");
  }

  @ParameterizedTest
  @CsvSource({
    "LC_ALL,C",
    "LC_ALL,POSIX",
    "LANG,C",
    "LC_CTYPE,C",
    "LANG,C.UTF-8",
    "LC_ALL,xx_XX.UTF-8",
    "X,y"
  })
  void names_beyond_ascii_work_by_the_note_in_any_locale(String variable, String locale)
      throws Exception {
    environment.remove("LC_ALL");
    environment.put(variable, locale);
    assertThatNoteIsUsed();
    assertThat(run("file", "é")).isEqualTo("found é\n");
  }

  @Test
  void the_note_of_another_build_is_replaced() throws Exception {
    Files.writeString(shared.resolve("lib/build-sum"), "two\n");
    assertThat(run("properties", "salt.note")).isEqualTo("null\n");
    assertThat(note()).content().startsWith("two\n");
    assertThatNoteIsUsed();
  }

  @Test
  void the_note_of_another_java_is_not_used() throws Exception {
    Path home = Files.createDirectories(directory.resolve("jdk"));
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    String real = System.getProperty("java.home");
    Files.writeString(java, "#!/bin/sh\nexec '" + real + "/bin/java' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.copy(Path.of(real, "release"), home.resolve("release"));
    environment.put("JAVA_HOME", home.toString());
    environment.put("SALT_NO_ARCHIVE", "yes");
    assertThat(run("properties", "salt.note")).isEqualTo("null\n");
  }

  @Test
  void another_version_of_the_same_java_is_noticed() throws Exception {
    String version = System.getProperty("java.version");
    Files.writeString(
        note(), Files.readString(note()).replace("\n" + version + "\n", "\n17.0.0\n"));
    assertThat(run("properties", "salt.note")).isEqualTo("null\n");
    assertThatNoteIsUsed();
  }

  @Test
  void a_distribution_that_was_moved_is_noticed() throws Exception {
    String lib = shared.resolve("lib").toRealPath().toString();
    Files.writeString(note(), Files.readString(note()).replace("\n" + lib + "\n", "\n/usr/lib\n"));
    assertThat(run("properties", "salt.note")).isEqualTo("null\n");
    assertThatNoteIsUsed();
  }

  @Test
  void a_note_that_is_cut_short_is_not_used() throws Exception {
    Files.writeString(note(), "one\n");
    assertThat(run("properties", "salt.note")).isEqualTo("null\n");
    assertThatNoteIsUsed();
  }

  @Test
  void the_same_place_by_another_name_is_known() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), shared);
    Path file = Files.createSymbolicLink(directory.resolve("s"), shared.resolve("bin/salt"));
    for (Path program : List.of(link.resolve("bin/salt"), file)) {
      assertThat(start(program, directory, environment, "properties", "salt.note"))
          .endsWith("/lib/launch-note\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'mixed mode, sharing',UTF-8,true",
    "'mixed mode',UTF-8,false",
    "'mixed mode, sharing',ANSI_X3.4-1968,false"
  })
  void a_program_deletes_the_note_when_it_was_wrong(String machine, String encoding, boolean right)
      throws Exception {
    Path note = Files.writeString(directory.resolve("note"), "x");
    LaunchNote.check(note, machine, encoding);
    assertThat(Files.exists(note)).isEqualTo(right);
    LaunchNote.check(directory.resolve("gone"), machine, encoding);
  }
}
