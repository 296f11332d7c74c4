package salt.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigLoaderTest {
  @TempDir Path folder;

  private ConfigLoader loader() {
    return loader(Map.of());
  }

  private ConfigLoader loader(Map<String, String> environment) {
    return new ConfigLoader(
        OptionCatalog.read(),
        TestSurroundings.with(folder, environment),
        Set.of("syndic_master", "cython_enable"));
  }

  private void write(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text.replace("$ROOT", folder.toString()));
  }

  private LoadedConfig master(String text) throws IOException {
    write("master", "root_dir: $ROOT\n" + text);
    return loader().master(folder);
  }

  private String report(String text) throws IOException {
    return master(text).report().replace(folder + "/", "");
  }

  @Test
  void a_missing_or_empty_file_gives_the_defaults() throws IOException {
    assertThat(loader().master(folder).options().integer("publish_port")).isEqualTo(4505);
    write("master", "");
    LoadedConfig empty = loader().master(folder);
    assertThat(empty.problems()).isEmpty();
    assertThat(empty.options().text("conf_file")).isEqualTo(folder.resolve("master").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "publish_port: abc | error: master line 2: publish_port: expected an integer, got a text \"abc\"",
        "publish_port: | error: master line 2: publish_port: expected an integer, got nothing",
        "loop_interval: [1] | error: master line 2: loop_interval: expected a number, got a list",
        "timeout: soon | error: master line 2: timeout: expected an integer, got a text \"soon\"",
        "cachedir: [a] | error: master line 2: cachedir: expected a text, got a list",
        "hash_type: 5 | error: master line 2: hash_type: expected a text, got an integer 5",
        "show_jid: 'no' | warning: master line 2: show_jid: expected true or false, got a text \"no\"; it is used as it is",
        "nodegroups: text | warning: master line 2: nodegroups: expected a list or a mapping, got a text \"text\"; it is used as it is",
        "git_pillar_password: [s3cret] | warning: master line 2: git_pillar_password: expected a text, got a list; it is used as it is",
        "signing_key_pass: {s3: cret} | warning: master line 2: signing_key_pass: expected a text or nothing, got a mapping; it is used as it is",
        "wroker_threads: 5 | warning: master line 2: wroker_threads: no such option is known; is worker_threads meant?",
        "cython_enable: true | warning: master line 2: cython_enable: the option is known but has no effect here",
        "publish_signing_algorithm: MD5 | error: master line 2: publish_signing_algorithm: expected one of PKCS1v15-SHA1, PKCS1v15-SHA224, got \"MD5\"",
        "master_uri: sdb://x/y | error: master line 2: master_uri: links to sdb:// are not looked up here; give the value itself",
        "ret_port: sdb://x/y | error: master line 2: ret_port: links to sdb:// are not looked up here; give the value itself",
        "nodegroups: {a: [sdb://x/y]} | error: master line 2: nodegroups: links to sdb:// are not looked up here; give the value itself",
        "gitfs_password: sdb://x/y | warning: master line 2: gitfs_password: links to sdb:// are not looked up here; give the value itself",
        "mysql.pass: sdb://x/y | warning: master line 2: mysql.pass: links to sdb:// are not looked up here; give the value itself"
      })
  void a_wrong_value_is_told_with_its_place(String line, String expected) throws IOException {
    assertThat(report(line + "\n")).isEqualTo(expected);
  }

  @Test
  void a_link_to_a_database_is_never_taken_for_the_value() throws IOException {
    LoadedConfig loaded = master("mysql.pass: sdb://x/y\nuser: sdb://x/y\n");
    assertThat(loaded.usable()).isFalse();
    assertThat(loaded.options().asMap().toString()).doesNotContain("sdb://");
  }

  @Test
  void every_problem_is_in_one_report() throws IOException {
    write("master.d/a.conf", "# first\nret_port: x\n");
    write("master.d/b.conf", "a: [\n");
    String report = report("publish_port: [1]\nworker_thread: 4\n");
    assertThat(report.lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("error: master line 2: publish_port"))
        .anyMatch(line -> line.startsWith("warning: master line 3: worker_thread"))
        .anyMatch(line -> line.startsWith("error: master.d/a.conf line 2: ret_port"))
        .anyMatch(line -> line.startsWith("warning: master.d/b.conf line 2: not YAML"));
  }

  @Test
  void options_known_but_without_effect_are_silent_at_their_default() throws IOException {
    assertThat(report("cython_enable: false\n")).isEmpty();
  }

  @Test
  void unknown_options_stay_visible_and_are_no_problem() throws IOException {
    LoadedConfig loaded = master("mysql.host: db\nmy_module_setting: [1]\n");
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.options().any("mysql.host")).isEqualTo("db");
  }

  @Test
  void a_value_that_cannot_be_used_gives_way_to_the_default() throws IOException {
    LoadedConfig loaded = master("ret_port: x\ncachedir: {}\n");
    assertThat(loaded.usable()).isFalse();
    assertThat(loaded.options().integer("ret_port")).isEqualTo(4506);
    assertThat(loaded.options().text("cachedir")).isEqualTo(folder + "/var/cache/salt/master");
  }

  @Test
  void a_broken_main_file_is_fatal() throws IOException {
    write("master", "a: b: c\n");
    LoadedConfig loaded = loader().master(folder);
    assertThat(loaded.usable()).isFalse();
    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.problems().get(0).file()).isEqualTo(folder.resolve("master"));
    write("master", "- a list\n");
    assertThat(loader().master(folder).report())
        .endsWith("master line 1: expected a mapping of options, got a list");
  }

  @Test
  void a_broken_included_file_stops_a_minion_but_not_salt_call() throws IOException {
    write("minion", "root_dir: $ROOT\nid: m\n");
    write("minion.d/x.conf", "a: b: c\n");
    assertThat(loader().minion(folder).usable()).isFalse();
    assertThat(loader().caller(folder).usable()).isTrue();
  }

  @Test
  void a_broken_schedule_file_is_moved_aside() throws IOException {
    write("minion", "root_dir: $ROOT\nid: m\n");
    write("minion.d/_schedule.conf", "a: b: c\n");
    assertThat(loader().minion(folder).usable()).isTrue();
    assertThat(folder.resolve("minion.d/_schedule.confYAMLError")).exists();
    assertThat(folder.resolve("minion.d/_schedule.conf")).doesNotExist();
  }

  @Test
  void a_file_that_includes_itself_is_told() throws IOException {
    write("master.d/a.conf", "include: a.conf\n");
    assertThat(report("")).contains("master.d/a.conf: include: the file includes itself");
  }

  @Test
  void an_include_without_match_is_told() throws IOException {
    assertThat(report("include: [no/*.conf]\n")).endsWith("include: no file matches no/*.conf");
  }

  @Test
  void an_id_found_by_host_name_is_kept() throws IOException {
    write("minion", "root_dir: $ROOT\n");
    assertThat(loader().minion(folder).options().text("id")).isEqualTo("web1.example.com");
    assertThat(folder.resolve("etc/salt/minion_id")).hasContent("web1.example.com");
    write("etc/salt/minion_id", "kept\n");
    assertThat(loader().minion(folder).options().text("id")).isEqualTo("kept");
  }

  @Test
  void the_id_of_a_master_is_not_kept() throws IOException {
    assertThat(master("").options().text("id")).isEqualTo("web1.example.com_master");
    assertThat(folder.resolve("etc")).doesNotExist();
  }

  @Test
  void an_id_function_is_refused() throws IOException {
    write("minion", "root_dir: $ROOT\nid_function: {network.fqdn: }\n");
    assertThat(loader().minion(folder).report()).contains("minion line 2: id_function:");
  }

  @Test
  void the_folder_comes_from_the_command_line_then_the_environment() {
    assertThat(loader().folder(null)).isEqualTo(Path.of("/etc/salt"));
    assertThat(loader(Map.of("SALT_CONFIG_DIR", "/x/../y")).folder(null)).isEqualTo(Path.of("/y"));
    assertThat(loader(Map.of("SALT_CONFIG_DIR", "/x")).folder("~/conf"))
        .isEqualTo(folder.resolve("conf"));
    assertThat(loader().folder("here")).isEqualTo(folder.resolve("here"));
  }

  @Test
  void an_environment_variable_replaces_the_main_file_of_the_default_folder_only()
      throws IOException {
    write("other", "root_dir: $ROOT\ntimeout: 77\n");
    write("master", "root_dir: $ROOT\ntimeout: 66\n");
    ConfigLoader loader = loader(Map.of("SALT_MASTER_CONFIG", folder.resolve("other").toString()));
    assertThat(loader.master(Path.of("/etc/salt")).options().integer("timeout")).isEqualTo(77);
    assertThat(loader.master(folder).options().integer("timeout")).isEqualTo(66);
    ConfigLoader byFolder = loader(Map.of("SALT_CONFIG_DIR", folder.toString()));
    assertThat(byFolder.master(Path.of("/etc/salt")).options().integer("timeout")).isEqualTo(66);
  }

  @Test
  void a_command_gets_an_address_it_can_connect_to() throws IOException {
    write("master", "root_dir: $ROOT\nret_port: 99\n");
    Options options = loader().client(folder).options();
    assertThat(options.text("interface")).isEqualTo("127.0.0.1");
    assertThat(options.text("master_uri")).isEqualTo("tcp://127.0.0.1:99");
    write("master", "root_dir: $ROOT\ninterface: '::'\n");
    assertThat(loader().client(folder).options().text("master_uri")).isEqualTo("tcp://[::1]:4506");
  }

  @Test
  void only_a_runner_asks_the_resolver_for_its_id() throws IOException {
    write("master", "root_dir: $ROOT\n");
    assertThat(loader().client(folder).options().text("id")).isEqualTo("web1_master");
    assertThat(loader().runner(folder).options().text("id")).isEqualTo("web1.example.com_master");
  }

  @Test
  void a_command_takes_the_options_and_the_token_of_the_user() throws IOException {
    write("master", "root_dir: $ROOT\n");
    write(".saltrc", "timeout: 12\ntoken_file: ~/tokens/mine\n");
    write("tokens/mine", "abc\n");
    Options options = loader().client(folder).options();
    assertThat(options.integer("timeout")).isEqualTo(12);
    assertThat(options.text("token_file")).isEqualTo(folder.resolve("tokens/mine").toString());
    assertThat(options.text("token")).isEqualTo("abc");
    write(".saltrc", "token_expire: -5\ntoken_file: ~/tokens/mine\n");
    assertThat(loader().client(folder).options().any("token")).isNull();
  }
}
