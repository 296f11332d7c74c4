package salt.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OwnIdTest {
  @TempDir Path folder;

  private OwnId.Found find(HostNames names, Map<String, Object> options) {
    return new OwnId(names).find(options, folder.resolve("minion_id"));
  }

  private static HostNames names(String host, String full, List<String> addresses, Path... files) {
    return new TestSurroundings.FixedHostNames(host, full, addresses, List.of(files));
  }

  @ParameterizedTest
  @CsvSource({
    "web1, web1.example.com, web1.example.com",
    "web1, localhost.localdomain, web1",
    "web1, ip6-localhost, web1"
  })
  void the_full_name_comes_first_unless_every_machine_has_it(
      String host, String full, String expected) {
    assertThat(find(names(host, full, List.of()), Map.of()).id()).isEqualTo(expected);
  }

  @Test
  void names_in_files_come_next_then_addresses_then_localhost() throws IOException {
    Path hosts =
        Files.writeString(
            folder.resolve("hosts"), "10.0.0.1 far\n127.0.1.1 near near2 # x\n::1 localhost\n");
    Path hostname = Files.writeString(folder.resolve("hostname"), "# none\nlocalhost\n");
    HostNames byFile =
        names("localhost", "localhost", List.of(), folder.resolve("missing"), hostname, hosts);
    assertThat(find(byFile, Map.of()).id()).isEqualTo("near");
    HostNames byAddress = names("localhost", "localhost", List.of("10.1.2.3", "10.1.2.4"));
    assertThat(find(byAddress, Map.of())).isEqualTo(new OwnId.Found("10.1.2.3", true));
    HostNames nothing = names("localhost", "localhost", List.of());
    assertThat(find(nothing, Map.of())).isEqualTo(new OwnId.Found("localhost", false));
  }

  @Test
  void a_generated_id_is_changed_as_the_options_say() {
    HostNames names = names("Web1", "Web1.Example.com", List.of());
    assertThat(find(names, Map.of("minion_id_lowercase", true)).id()).isEqualTo("web1.example.com");
    assertThat(find(names, Map.of("minion_id_remove_domain", true)).id()).isEqualTo("Web1");
    assertThat(find(names, Map.of("minion_id_remove_domain", "EXAMPLE.com")).id())
        .isEqualTo("Web1");
    assertThat(find(names, Map.of("minion_id_remove_domain", "other.com")).id())
        .isEqualTo("Web1.Example.com");
  }

  @Test
  void a_kept_id_is_taken_as_it_is_unless_caching_is_off() throws IOException {
    Files.writeString(folder.resolve("minion_id"), "\uFEFFKept.Id \nmore\n");
    HostNames names = names("web1", "web1", List.of());
    assertThat(find(names, Map.of("minion_id_lowercase", true)).id()).isEqualTo("Kept.Id");
    assertThat(find(names, Map.of("minion_id_caching", false)).id()).isEqualTo("web1");
    Files.writeString(folder.resolve("minion_id"), "localhost\n");
    assertThat(find(names, Map.of()).id()).isEqualTo("web1");
  }

  @Test
  void the_hosts_file_tells_full_names_and_their_aliases() throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(
        folder.resolve("etc/hosts"),
        "127.0.0.1 localhost\n10.0.0.5 web1 web1.example.com\n10.0.0.6 db1.example.com db1\n");
    SystemHostNames names = new SystemHostNames(folder);
    assertThat(names.fullName("web1")).isEqualTo("web1.example.com");
    assertThat(names.fullName("db1")).isEqualTo("db1.example.com");
    assertThat(names.fullName("localhost")).isEqualTo("localhost");
  }
}
