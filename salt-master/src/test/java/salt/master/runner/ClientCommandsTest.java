package salt.master.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.crypto.RsaPrivateKey;
import salt.common.event.Event;
import salt.common.event.EventSubscription;
import salt.common.payload.Fields;
import salt.master.auth.LocalKeys;
import salt.master.auth.PublisherAccess;
import salt.master.key.KeyState;
import salt.master.key.KeyStore;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClientCommandsTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String JID = "20261124010000000000";

  @TempDir private Path directory;
  private RunnerFixture site;
  private ClientCommands commands;
  private KeyStore keys;
  private String text;

  @BeforeEach
  void open() throws IOException {
    site = new RunnerFixture(directory);
    keys = new KeyStore(directory.resolve("pki"));
    keys.createDirectories();
    text = RsaPrivateKey.generate(2048).publicKey().text();
    keys.write(KeyState.PENDING, "web1", text);
    keys.write(KeyState.PENDING, "bad", "no key");
    Files.createDirectories(directory.resolve("cache"));
    LocalKeys local = LocalKeys.create(site.options, "boss", () -> "secret");
    PublisherAccess access = new PublisherAccess(site.options, local, "boss", target -> Set.of());
    commands = new ClientCommands(site.options, access, site, () -> JID, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    commands.close();
    site.close();
  }

  private static Fields load(String fun, Map<String, Object> more) {
    Map<String, Object> load = new LinkedHashMap<>(Map.of("fun", fun, "key", "secret"));
    load.putAll(more);
    return Fields.of("load", load);
  }

  private Map<?, ?> wheel(String fun, Map<String, Object> arguments) {
    return (Map<?, ?>) commands.wheel(load(fun, arguments)).get("data");
  }

  @Test
  void a_runner_is_started_and_tells_by_events() throws InterruptedException {
    try (EventSubscription events = site.bus.subscribe("salt/run/" + JID + "/ret")) {
      assertThat(
              commands.runner(
                  load(
                      "test.arg",
                      Map.of("kwarg", Map.of("arg", List.of(1L), "kwarg", Map.of("a", 2L))))))
          .isEqualTo(Map.of("tag", "salt/run/" + JID, "jid", JID));
      Event ret = events.next(SOON).orElseThrow();
      assertThat(ret.data())
          .containsEntry("fun", "runner.test.arg")
          .containsEntry("user", "boss")
          .containsEntry("return", Map.of("args", List.of(1L), "kwargs", Map.of("a", 2L)));
    }
  }

  @Test
  void arguments_may_be_given_by_name_alone() throws InterruptedException {
    try (EventSubscription events = site.bus.subscribe("salt/run/" + JID + "/ret")) {
      commands.runner(load("config.get", Map.of("kwarg", Map.of("key", "user"))));
      assertThat(events.next(SOON).orElseThrow().data()).containsEntry("return", "boss");
    }
  }

  @Test
  void nothing_is_done_without_the_key_of_the_masters_user() {
    Map<String, Object> refusal =
        Map.of(
            "error",
            Map.of(
                "name",
                "UserAuthenticationError",
                "message",
                "Authentication failure of type \"user\" occurred"));
    assertThat(commands.runner(load("test.arg", Map.of("key", "guess")))).isEqualTo(refusal);
    assertThat(commands.wheel(load("key.delete", Map.of("key", "guess", "match", "*"))))
        .isEqualTo(refusal);
    assertThat(keys.list(KeyState.PENDING)).containsExactly("bad", "web1");
  }

  @Test
  void keys_are_accepted_rejected_and_deleted() throws InterruptedException {
    try (EventSubscription events = site.bus.subscribe("salt/key")) {
      assertThat(wheel("key.accept", Map.of("match", "*")).get("return"))
          .isEqualTo(Map.of("minions", List.of("web1"), "minions_pre", List.of("bad")));
      assertThat(events.next(SOON).orElseThrow().data())
          .containsEntry("act", "accept")
          .containsEntry("id", "web1");
      assertThat(
              wheel("key.reject_dict", Map.of("match", Map.of("minions_pre", List.of("bad"))))
                  .get("return"))
          .isEqualTo(Map.of("minions_rejected", List.of("bad")));
      assertThat(wheel("key.delete", Map.of("match", "web1")).get("return")).isEqualTo(Map.of());
    }
    assertThat(wheel("key.list_all", Map.of()).get("return"))
        .isEqualTo(
            Map.of(
                "minions", List.of(),
                "minions_pre", List.of(),
                "minions_rejected", List.of("bad"),
                "minions_denied", List.of(),
                "local", List.of()));
  }

  @Test
  void a_wheel_function_answers_and_tells_by_events() throws InterruptedException {
    try (EventSubscription events = site.bus.subscribe("salt/wheel/")) {
      Map<String, Object> reply = commands.wheel(load("key.list", Map.of("match", "pre")));
      assertThat(reply).containsEntry("tag", "salt/wheel/" + JID);
      assertThat(((Map<?, ?>) reply.get("data")).get("return"))
          .isEqualTo(Map.of("minions_pre", List.of("bad", "web1")));
      assertThat(events.next(SOON).orElseThrow().tag()).endsWith("/new");
      assertThat(events.next(SOON).orElseThrow().data()).containsEntry("success", true);
    }
  }

  @Test
  void a_pair_is_made_and_its_public_half_accepted() {
    Map<?, ?> pair = (Map<?, ?>) wheel("key.gen_accept", Map.of("id_", "new1")).get("return");
    assertThat(keys.read(KeyState.ACCEPTED, "new1")).hasValue((String) pair.get("pub"));
    assertThat(RsaPrivateKey.parse((String) pair.get("priv")).publicKey().text())
        .isEqualTo(pair.get("pub"));
    assertThat(wheel("key.gen_accept", Map.of("id_", "new1")).get("return")).isEqualTo(Map.of());
    assertThat(wheel("key.gen_accept", Map.of("id_", "../x")).get("success")).isEqualTo(false);
  }

  @Test
  void what_is_not_listed_does_not_exist() {
    assertThat(wheel("key.nope", Map.of()).get("return"))
        .isEqualTo("Exception occurred in wheel key.nope: 'key.nope' is not available.\n");
    assertThat(wheel("key.list_all", Map.of("x", 1L)).get("return"))
        .isEqualTo(
            "Exception occurred in wheel key.list_all: 'x' is an invalid keyword argument for"
                + " 'key.list_all'\n");
  }
}
