package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launchers in {@code bin}, before a main class that shows what reaches it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LauncherTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "readlink",
          "locale",
          "grep",
          "ls",
          "cat",
          "cksum",
          "id",
          "sed",
          "tail",
          "mkdir",
          "rm",
          "rmdir",
          "mv",
          "chmod",
          "chown",
          "find",
          "nice",
          "sleep",
          "mktemp",
          "setsid",
          "getent",
          "cut",
          "setpriv");

  @TempDir static Path shared;
  @TempDir Path directory;

  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeAll
  static void build_a_distribution_with_a_main_class_of_our_own() throws IOException {
    MainClasses.writeDistribution(shared);
  }

  @BeforeEach
  void use_this_java_and_no_archive() {
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SALT_NO_ARCHIVE", "yes");
    environment.put("SALT_CONFIG_DIR", directory.toString());
    environment.put("HOME", directory.toString());
    environment.put("PATH", System.getenv("PATH"));
  }

  private record Result(int exit, String out, String err) {}

  private Process start(String program, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(shared.resolve("bin").resolve(program).toString());
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(directory.resolve("stdout").toFile())
            .redirectError(directory.resolve("stderr").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Result run(String program, String... words) throws IOException, InterruptedException {
    Process process = start(program, words);
    assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), text("stdout"), text("stderr"));
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file)));
  }

  private String text(String file) throws IOException {
    return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** A directory of tools without Java, or with one that is a script. */
  private Path tools(String java) throws IOException {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin", "/bin")) {
        Path program = Path.of(place, tool);
        if (Files.exists(program) && !Files.exists(tools.resolve(tool))) {
          script(tools.resolve(tool), "exec " + program + " \"$@\"");
        }
      }
    }
    if (java != null) {
      script(tools.resolve("java"), java);
    }
    return tools;
  }

  private static void script(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void arguments_and_the_exit_code_pass_unchanged() throws Exception {
    Result result = run("salt", "args", "*", "", "a b", "$HOME", "é", "--", "-x");
    assertThat(result.out()).isEqualTo("[salt, args, *, , a b, $HOME, é, --, -x]\n");
    assertThat(result.err()).isEmpty();
    assertThat(run("salt-run", "exit", "42").exit()).isEqualTo(42);
  }

  @Test
  void a_link_to_a_program_works_too() throws Exception {
    Path link = Files.createSymbolicLink(shared.resolve("s"), shared.resolve("bin/salt-key"));
    Result result = run(link.toString(), "args");
    assertThat(result.out()).isEqualTo("[salt-key, args]\n");
  }

  @ParameterizedTest
  @CsvSource({"LC_ALL,C", "LC_ALL,POSIX", "LANG,C", "LC_ALL,xx_XX.UTF-8", "LC_CTYPE,C"})
  void names_beyond_ascii_work_in_any_locale(String variable, String locale) throws Exception {
    environment.put(variable, locale);
    Result result = run("salt", "file", "é");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("found é\n");
    assertThat(directory.resolve("é")).exists();
  }

  @Test
  void java_comes_from_the_path_without_java_home() throws Exception {
    environment.remove("JAVA_HOME");
    String java = System.getProperty("java.home") + "/bin/java";
    environment.put("PATH", tools("exec '" + java + "' \"$@\"").toString());
    assertThat(run("salt", "args").out()).isEqualTo("[salt, args]\n");
  }

  @Test
  void a_missing_java_is_said() throws Exception {
    environment.remove("JAVA_HOME");
    environment.put("PATH", tools(null).toString());
    Result result = run("salt", "args");
    assertThat(result.exit()).isEqualTo(69);
    assertThat(result.err())
        .isEqualTo("salt: error: Java is missing: install Java 17 or newer, or set JAVA_HOME\n");
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_292", "11.0.2"})
  void an_old_java_is_said(String version) throws Exception {
    environment.remove("JAVA_HOME");
    Path tools = tools("echo 'openjdk version \"" + version + "\" 2019-01-15' >&2");
    environment.put("PATH", tools.toString());
    Result result = run("salt-minion", "args");
    assertThat(result.exit()).isEqualTo(69);
    assertThat(result.err())
        .isEqualTo(
            "salt-minion: error: "
                + tools.toRealPath().resolve("java")
                + " is Java "
                + version
                + ", but Java 17 or newer is needed\n");
  }

  @Test
  void an_old_java_home_is_known_by_its_release_file() throws Exception {
    Path home = directory.resolve("jdk");
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/java"), "exit 99");
    Files.writeString(home.resolve("release"), "OS_ARCH=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
    environment.put("JAVA_HOME", home.toString());
    assertThat(run("salt", "args").err()).contains("/jdk/bin/java is Java 11.0.2, but");
  }

  @Test
  void a_wrong_java_home_is_said() throws Exception {
    environment.put("JAVA_HOME", "/nowhere");
    Result result = run("salt", "args");
    assertThat(result.exit()).isEqualTo(69);
    assertThat(result.err())
        .isEqualTo("salt: error: JAVA_HOME is /nowhere, but there is no program bin/java in it\n");
  }

  @Test
  void signals_reach_java_which_takes_the_place_of_the_shell() throws Exception {
    Process process = start("salt", "sleep", "started");
    await(() -> Files.exists(directory.resolve("started")));
    assertThat(text("started")).isEqualTo(Long.toString(process.pid()));
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
  }

  @Test
  void files_can_be_read_by_others_unless_a_program_says_otherwise() throws Exception {
    run("salt", "file", "new");
    assertThat(mode("new")).isEqualTo("rw-r--r--");
  }

  @Test
  void more_options_for_java_can_be_given() throws Exception {
    environment.put("SALT_JAVA_OPTS", "-Dx=1 -Dy=*");
    assertThat(run("salt", "properties", "x", "y").out()).isEqualTo("1 *\n");
  }

  @Test
  void commands_log_without_the_logger_of_the_daemons() throws Exception {
    assertThat(run("salt", "properties", "slf4j.provider").out())
        .isEqualTo("salt.common.logging.CommandLoggingProvider\n");
    assertThat(run("salt-master", "properties", "slf4j.provider").out()).startsWith("null");
  }

  @Test
  void a_daemon_goes_to_the_background_and_returns_when_it_runs() throws Exception {
    Path pidfile = directory.resolve("run/d.pid");
    Files.createDirectories(pidfile.getParent());
    Files.writeString(
        directory.resolve("minion"), "root_dir: " + directory + "\npidfile: /run/d.pid\n");
    Result result = run("salt-minion", "sleep", pidfile.toString(), "-d");
    assertThat(result).isEqualTo(new Result(0, "", ""));
    ProcessHandle daemon =
        ProcessHandle.of(Long.parseLong(Files.readString(pidfile))).orElseThrow();
    try {
      assertThat(daemon.isAlive()).isTrue();
      String stat = Files.readString(Path.of("/proc/" + daemon.pid() + "/stat"));
      // Behind the name in brackets: state, parent, group, session.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      assertThat(fields[3]).isEqualTo(Long.toString(daemon.pid()));
    } finally {
      daemon.destroy();
      daemon.onExit().join();
    }
  }

  @Test
  void a_daemon_that_cannot_start_says_why_and_gives_its_exit_code() throws Exception {
    Result result = run("salt-master", "fail", "no port", "-d", "--pid-file=" + directory + "/p");
    assertThat(result).isEqualTo(new Result(7, "", "no port\n"));
  }

  /** Makes launchers see root and a user jane, and say how they would become her. */
  private void becomeJaneAsRoot() throws IOException {
    Path tools = Files.createDirectories(directory.resolve("fake"));
    script(
        tools.resolve("id"),
        "case \"$*\" in -u) echo 0;; '-u -- jane') echo 1234;; '-g -- jane') echo 5678;;"
            + " '-u -- root') echo 0;; *) exit 1;; esac");
    script(
        tools.resolve("setpriv"),
        "[ \"$1\" != --help ] || { echo --init-groups; exit; }; echo \"$1 $2 $3\"");
    script(tools.resolve("getent"), "echo jane:x:1234:5678::/home/jane:/bin/sh");
    script(tools.resolve("chown"), "echo \"$@\" >>'" + directory + "/chowned'");
    environment.put("PATH", tools + ":" + System.getenv("PATH"));
  }

  @ParameterizedTest
  @CsvSource({
    "salt-minion,user: jane,'',1234",
    "salt-minion,user: 'jane'  # who,'',1234",
    "salt-minion,user: bob,-u jane,1234",
    "salt-minion,user: bob,-lquiet --user=jane,1234",
    "salt-call,user: jane,test.ping -u,1234",
    "salt-call,user: bob,--priv jane,1234",
    "salt-minion,user: root,'',",
    "salt-minion,x: y,'',",
    "salt,user: jane,'',"
  })
  void root_becomes_the_configured_user(String program, String line, String words, String user)
      throws Exception {
    becomeJaneAsRoot();
    Files.writeString(directory.resolve("minion"), "root_dir: " + directory + "\n" + line + "\n");
    String[] all = ("args " + words).strip().split(" ", -1);
    Result result = run(program, all);
    if (user == null) {
      assertThat(result.out()).startsWith("[" + program);
    } else {
      assertThat(result.out()).isEqualTo("--reuid=1234 --regid=5678 --init-groups\n");
    }
  }

  @Test
  void root_makes_what_the_user_of_a_daemon_could_not() throws Exception {
    becomeJaneAsRoot();
    Files.writeString(
        directory.resolve("master"), "root_dir: " + directory + "\nuser: jane\nsock_dir: /s\n");
    run("salt-master", "args");
    assertThat(directory.resolve("chowned"))
        .content()
        .isEqualTo(
            Stream.of(
                    "5678 " + directory + "/etc/salt/pki/master",
                    "5678 " + directory + "/var/cache/salt/master",
                    "5678 " + directory + "/s",
                    "-h 5678 " + directory + "/var/log/salt/master",
                    "-h 5678 " + directory + "/var/run/salt-master.pid")
                .map(line -> line.replace("5678", "1234:5678") + "\n")
                .collect(Collectors.joining()));
    assertThat(mode("etc/salt/pki")).isEqualTo("rwxr-xr-x");
    assertThat(mode("etc/salt/pki/master")).isEqualTo("rwx------");
    assertThat(mode("var/log/salt/master")).isEqualTo("rw-r-----");
  }

  @Test
  void class_data_is_archived_at_the_first_start_and_used_from_then_on() throws Exception {
    environment.remove("SALT_NO_ARCHIVE");
    assertThat(run("salt", "args").out()).isEqualTo("[salt, args]\n");
    await(() -> archives().findAny().isPresent());
    // Java stops if told to share class data and unable to.
    environment.put("SALT_JAVA_OPTS", "-Xshare:on");
    assertThat(run("salt", "args").out()).isEqualTo("[salt, args]\n");
  }

  private static Stream<String> archives() {
    return Stream.of(shared.resolve("lib").toFile().list()).filter(name -> name.endsWith(".jsa"));
  }
}
