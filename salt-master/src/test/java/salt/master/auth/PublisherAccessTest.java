package salt.master.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;
import salt.master.auth.PublisherAccess.Intent;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublisherAccessTest {
  @TempDir Path cacheDir;
  private final Map<String, Object> options = new LinkedHashMap<>();
  private PublisherAccess access;

  @BeforeEach
  void configure() {
    options.put("cachedir", cacheDir.toString());
    options.put("user", "boss");
    open();
  }

  private void open() {
    AtomicInteger count = new AtomicInteger();
    Options all = Options.of(options);
    LocalKeys keys = LocalKeys.create(all, "boss", () -> "key" + count.incrementAndGet());
    access =
        new PublisherAccess(
            all, keys, "boss", target -> target.equals("web*") ? Set.of("web1", "web2") : Set.of());
  }

  private void acl(Map<String, Object> acl) {
    options.put("publisher_acl", acl);
    open();
  }

  private String keyOf(String user) throws IOException {
    return Files.readString(cacheDir.resolve("." + user + "_key"));
  }

  private Verdict check(String user, String key, String fun, Object... args) {
    return access.check(
        new Intent(user, key, List.of(fun), List.of(List.of(args)), List.of("web1")));
  }

  @Test
  void key_files_can_be_read_by_their_owner_alone() throws IOException {
    assertThat(Files.getPosixFilePermissions(cacheDir.resolve(".boss_key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void the_masters_user_may_do_anything_with_its_key_and_nothing_without() throws IOException {
    assertThat(check("boss", keyOf("boss"), "cmd.run").isAllowed()).isTrue();
    assertThat(check("boss", "guessed", "cmd.run").error()).contains("AuthenticationError");
    assertThat(check("boss", "", "cmd.run").isAllowed()).isFalse();
  }

  @Test
  void root_by_sudo_shows_the_key_of_the_masters_user() throws IOException {
    assertThat(check("sudo_ann", keyOf("boss"), "cmd.run").isAllowed()).isTrue();
    assertThat(check("sudo_ann", "guessed", "cmd.run").isAllowed()).isFalse();
  }

  @Test
  void sudo_acl_holds_sudo_users_to_their_own_list() throws IOException {
    options.put("sudo_acl", true);
    acl(Map.of("ann", List.of("test.*")));

    assertThat(check("sudo_ann", keyOf("boss"), "test.ping").isAllowed()).isTrue();
    assertThat(check("sudo_ann", keyOf("boss"), "cmd.run").error()).contains("AuthorizationError");
  }

  @Test
  void a_user_of_the_acl_may_do_what_it_lists() throws IOException {
    acl(Map.of("ann", List.of("test.*", Map.of("web*", List.of("service\\..*")))));

    assertThat(check("ann", keyOf("ann"), "test.ping").isAllowed()).isTrue();
    assertThat(check("ann", keyOf("ann"), "service.restart").isAllowed()).isTrue();
    assertThat(check("ann", keyOf("ann"), "cmd.run").reply())
        .isEqualTo(
            Map.of(
                "error",
                Map.of("name", "AuthorizationError", "message", "Authorization error occurred.")));
    assertThat(check("ann", keyOf("ann"), "saltutil.find_job").isAllowed()).isTrue();
  }

  @Test
  void one_users_key_is_not_anothers() throws IOException {
    acl(Map.of("ann", List.of(".*"), "bob", List.of("test.ping")));

    assertThat(check("ann", keyOf("bob"), "cmd.run").error()).contains("AuthenticationError");
    assertThat(check("boss", keyOf("bob"), "cmd.run").error()).contains("AuthenticationError");
    assertThat(check("root", keyOf("bob"), "cmd.run").error()).contains("AuthenticationError");
  }

  @Test
  void a_list_for_some_minions_gives_no_rights_on_others() throws IOException {
    acl(Map.of("ann", List.of(Map.of("web*", List.of(".*")))));

    Intent others =
        new Intent("ann", keyOf("ann"), List.of("test.ping"), List.of(List.of()), List.of("db1"));
    Intent none =
        new Intent("ann", keyOf("ann"), List.of("test.ping"), List.of(List.of()), List.of());

    assertThat(access.check(others).isAllowed()).isFalse();
    assertThat(access.check(none).isAllowed()).isFalse();
  }

  @Test
  void each_function_of_a_compound_call_must_be_allowed() throws IOException {
    acl(Map.of("ann", List.of("test.*")));

    Intent both =
        new Intent(
            "ann",
            keyOf("ann"),
            List.of("test.ping", "cmd.run"),
            List.of(List.of(), List.of("id")),
            List.of("web1"));

    assertThat(access.check(both).error()).contains("AuthorizationError");
  }

  @Test
  void arguments_can_be_limited() throws IOException {
    Map<String, Object> limits = Map.of("args", List.of("uptime$"), "kwargs", Map.of("cwd", "/$"));
    acl(Map.of("ann", List.of(Map.of("web*", List.of(Map.of("cmd.run", limits))))));
    Map<String, Object> root = Map.of("__kwarg__", true, "cwd", "/");
    Map<String, Object> elsewhere = Map.of("__kwarg__", true, "cwd", "/tmp");

    assertThat(check("ann", keyOf("ann"), "cmd.run", "uptime", root).isAllowed()).isTrue();
    assertThat(check("ann", keyOf("ann"), "cmd.run", "uptime", elsewhere).isAllowed()).isFalse();
    assertThat(check("ann", keyOf("ann"), "cmd.run", "reboot", root).isAllowed()).isFalse();
    assertThat(check("ann", keyOf("ann"), "cmd.run", "uptime").isAllowed()).isFalse();
  }

  @Test
  void the_blacklist_holds_for_everybody() throws IOException {
    options.put(
        "publisher_acl_blacklist",
        Map.of("users", List.of("mallory", "sudo_.*"), "modules", List.of("cmd.*")));
    open();

    assertThat(check("boss", keyOf("boss"), "cmd.run").error()).contains("AuthorizationError");
    assertThat(check("boss", keyOf("boss"), "test.ping").isAllowed()).isTrue();
    assertThat(check("sudo_ann", keyOf("boss"), "test.ping").isAllowed()).isFalse();
  }

  @Test
  void runners_need_the_full_rights() throws IOException {
    acl(Map.of("ann", List.of(".*")));

    assertThat(access.checkFull("boss", keyOf("boss")).isAllowed()).isTrue();
    assertThat(access.checkFull("ann", keyOf("ann")).isAllowed()).isFalse();
  }

  @Test
  void peers_may_do_nothing_unless_told() {
    PeerAccess none = new PeerAccess(Options.of(Map.of()));
    PeerAccess some =
        new PeerAccess(
            Options.of(Map.of("peer", Map.of("web.*", List.of("test.ping", "publish.*")))));

    assertThat(none.mayPublish("web1", List.of("test.ping"))).isFalse();
    assertThat(some.mayPublish("web1", List.of("test.ping"))).isTrue();
    assertThat(some.mayPublish("db1", List.of("test.ping"))).isFalse();
    assertThat(some.mayPublish("web1", List.of("test.ping", "cmd.run"))).isFalse();
    assertThat(some.mayPublish("web1", List.of("publish.publish"))).isFalse();
    assertThat(some.mayPublish("web1", List.of())).isFalse();
    assertThat(some.mayRun("web1", "jobs.active")).isFalse();
  }
}
