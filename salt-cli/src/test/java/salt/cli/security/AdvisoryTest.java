package salt.cli.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.channel.ChannelException;
import salt.common.channel.MinionChannel;
import salt.common.crypto.Crypticle;
import salt.common.crypto.RsaPublicKey;
import salt.common.crypto.SigningAlgorithm;
import salt.common.event.Event;
import salt.common.event.EventClient;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MessagePack;

/** Each attack of the public advisories that concerns what is built, mounted on a real master. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdvisoryTest {
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  private Path directory;
  private AttackedMaster master;
  private MinionChannel web1;

  @BeforeAll
  void start() throws IOException {
    directory = Files.createTempDirectory("salt-adv");
    Path srv = Files.createDirectories(directory.resolve("srv"));
    Files.writeString(srv.resolve("top.txt"), "public");
    Files.writeString(directory.resolve("secret.txt"), "secret");
    master =
        new AttackedMaster(
            directory,
            Map.of(
                "file_roots",
                Map.of("base", List.of(srv.toString())),
                "file_recv",
                true,
                "request_server_ttl",
                300L));
    web1 = master.minion("web1");
    master.minion("db1");
  }

  @AfterAll
  void stop() throws IOException {
    master.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_prep_auth_info",
        "_send_pub",
        "__init__",
        "getattr",
        "_update_aes",
        "publish_batch",
        "_return",
        "_pillar",
        "_file_recv",
        "connect",
        "toString",
        "getClass",
        ""
      })
  void cve_2020_11651_no_other_command_exists_in_clear(String command) {
    assertThat(master.sendClear(Map.of("cmd", command, "id", "web1"))).isEqualTo(Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_prep_auth_info", "publish", "runner", "wheel", "__init__", "toString", "_auth"})
  void cve_2020_11651_no_other_command_exists_for_minions(String command) {
    assertThat(web1.request(Map.of("cmd", command))).isEqualTo(Map.of());
  }

  @Test
  void cve_2020_11651_publishing_needs_the_key_of_a_local_user() {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "publish");
    load.put("tgt", "*");
    load.put("fun", "cmd.run");
    load.put("arg", List.of("id"));
    load.put("user", "root");

    Object without = master.sendClear(load);
    load.put("key", "guessed");
    Object wrong = master.sendClear(load);
    load.put("user", "sudo_root");
    Object sudo = master.sendClear(load);

    Map<String, Object> refused =
        Map.of(
            "error",
            Map.of("name", "AuthenticationError", "message", "Authentication error occurred."));
    assertThat(List.of(without, wrong, sudo)).containsOnly(refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.txt",
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../secret.txt",
        "..\\secret.txt",
        "top.txt/../../secret.txt",
        "\0../secret.txt",
        "//etc/passwd",
        "."
      })
  void cve_2024_22232_no_file_outside_the_roots_is_served(String path) {
    Object served =
        web1.request(Map.of("cmd", "_serve_file", "path", path, "saltenv", "base", "loc", 0L));

    assertThat(served).isEqualTo(Map.of("data", "", "dest", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../..", "/etc", "..", "base/../..", "\0"})
  void cve_2025_22240_an_environment_is_a_name_not_a_path(String environment) {
    assertThat(web1.request(Map.of("cmd", "_file_list", "saltenv", environment, "prefix", "")))
        .isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../../minions/db1/files/x", "/etc/cron.d/x", "a/../../x", "a\0b"})
  void cve_2024_38824_pushed_files_stay_in_their_directory(String part) {
    List<String> before = master.files();
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_file_recv");
    load.put("path", List.of(part, "x"));
    load.put("size", 4L);
    load.put("loc", 0L);
    load.put("data", "evil");

    Object answer = web1.request(load);

    assertThat(answer).isIn(false, "", Map.of());
    assertThat(master.files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "a\\b", "..", ".key_cache", "a\nb"})
  void cve_2017_12791_an_id_is_no_path(String id) {
    List<String> before = master.files();
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_auth");
    load.put("id", id);
    load.put("nonce", "0".repeat(32));
    load.put("pub", "x");

    master.sendClear(load);

    assertThat(master.files()).isEqualTo(before);
  }

  @Test
  void cve_2024_38822_a_minion_can_only_act_as_itself() {
    for (String command : List.of("_return", "_mine", "_pillar", "_minion_event", "revoke_auth")) {
      assertThat(new Forger(web1).send(master, command, "db1")).as(command).isEqualTo("bad load");
    }
    assertThat(master.root().resolve("etc/salt/pki/master/minions/db1")).exists();
  }

  @Test
  void cve_2025_62349_older_protocols_are_refused() {
    for (long version : List.of(0L, 1L, 2L)) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("enc", "aes");
      body.put(
          "load",
          Bytes.wrap(web1.credentials().orElseThrow().aes().seal(Map.of("cmd", "_file_envs"))));
      body.put("version", version);

      assertThat(MessagePack.unpack(master.send(MessagePack.NETWORK.pack(body))))
          .isEqualTo("bad load");
    }
  }

  @Test
  void cve_2024_38823_a_request_that_is_too_old_is_refused() {
    MinionChannel late =
        master.minion("web1", Clock.fixed(Instant.now().minusSeconds(3600), ZoneOffset.UTC));

    assertThatThrownBy(() -> late.request(Map.of("cmd", "_file_envs")))
        .isInstanceOf(ChannelException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "salt/job/20261123200733599004/ret/db1",
        "salt/job/20261123200733599004/new",
        "20261123200733599004",
        "salt/auth",
        "salt/key",
        "key",
        "salt/run/20261123200733599004/ret",
        "salt/wheel/20261123200733599004/ret",
        "salt/minion/db1/start",
        "minion/refresh/db1",
        "salt/presence/change",
        "salt/cloud/x/created"
      })
  void cve_2025_22239_minions_may_not_fire_the_masters_events(String tag) throws Exception {
    try (EventClient events = master.events()) {
      web1.request(Map.of("cmd", "_minion_event", "tag", tag, "data", Map.of("forged", true)));
      web1.request(
          Map.of(
              "cmd",
              "_minion_event",
              "events",
              List.of(Map.of("tag", tag, "data", Map.of("forged", true)))));
      web1.request(Map.of("cmd", "_minion_event", "tag", "mine/own", "data", Map.of()));

      Optional<Event> first = events.next(AttackedMaster.PATIENCE);

      assertThat(first.map(Event::tag)).contains("mine/own");
      assertThat(events.next(A_MOMENT)).isEmpty();
    }
  }

  @Test
  void cve_2017_7893_peers_may_do_nothing_by_default() {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "minion_pub");
    load.put("fun", "cmd.run");
    load.put("arg", List.of("id"));
    load.put("tgt", "*");
    load.put("tgt_type", "glob");
    load.put("ret", "");
    load.put("tmo", 1L);

    assertThat(web1.request(load)).isEqualTo(Map.of());
    load.put("cmd", "minion_publish");
    assertThat(web1.request(load)).isEqualTo(Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../../etc/x", "2026112320073359900", "20261123200733599004/../x", "x", "\0"})
  void cve_2025_22242_a_jid_is_no_path(String jid) {
    List<String> before = master.files();
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_return");
    load.put("return", true);
    load.put("jid", jid);
    load.put("fun", "test.ping");
    load.put("retcode", 0L);

    assertThat(web1.request(load)).isEqualTo("");
    assertThat(web1.request(Map.of("cmd", "pub_ret", "jid", jid))).isEqualTo(Map.of());
    assertThat(master.files()).isEqualTo(before);
  }

  @Test
  void cve_2023_20897_garbage_kills_no_worker() {
    Random random = new Random(20897);
    for (int i = 0; i < 500; i++) {
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      assertThat(master.send(garbage)).isNotEmpty();
    }
    byte[] sound =
        MessagePack.NETWORK.pack(Map.of("enc", "aes", "load", "x".repeat(100), "version", 3L));
    for (int length = 0; length < sound.length; length++) {
      assertThat(master.send(java.util.Arrays.copyOf(sound, length))).isNotEmpty();
    }
    assertThat(master.isAlive()).isTrue();
  }

  @Test
  void a_deeply_nested_payload_is_refused() {
    byte[] nested = new byte[200_000];
    java.util.Arrays.fill(nested, (byte) 0x91);

    assertThat(MessagePack.unpack(master.send(nested))).isEqualTo(Map.of("msg", "bad load"));
    assertThat(master.isAlive()).isTrue();
  }

  @Test
  void a_payload_that_claims_gigabytes_costs_no_memory() {
    byte[] claims = {(byte) 0xdb, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 2, 3};

    assertThat(MessagePack.unpack(master.send(claims))).isEqualTo(Map.of("msg", "bad load"));
    assertThat(master.isAlive()).isTrue();
  }

  @Test
  void cve_2022_22935_a_sign_in_is_answered_with_a_signature_even_when_refused() {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_auth");
    load.put("id", "web1");
    load.put("nonce", "0".repeat(32));
    load.put("pub", "another key");

    Fields reply = Fields.require("reply", master.sendClear(load));

    byte[] content = reply.bytes("load").toArray();
    RsaPublicKey key = RsaPublicKey.read(master.root().resolve("etc/salt/pki/master/master.pub"));
    assertThat(key.verifies(content, reply.bytes("sig").toArray(), SigningAlgorithm.PKCS1V15_SHA1))
        .isTrue();
    assertThat(MessagePack.unpackMap(content))
        .isEqualTo(Map.of("ret", false, "nonce", "0".repeat(32)));
  }

  @Test
  void cve_2015_8034_files_have_the_modes_that_secrets_need() throws IOException {
    Path cache = master.root().resolve("var/cache/salt/master");
    Path pki = master.root().resolve("etc/salt/pki/master");

    assertMode(cache.resolve("." + System.getProperty("user.name") + "_key"), "rw-------");
    assertMode(cache.resolve("sessions/web1"), "rw-------");
    assertMode(pki, "rwx------");
    assertMode(pki.resolve("master.pem"), "r--------");
    assertMode(master.options().path("sock_dir").resolve("master_event_pull.ipc"), "rw-------");
  }

  private static void assertMode(Path file, String mode) throws IOException {
    assertThat(Files.getPosixFilePermissions(file))
        .as(file.toString())
        .isEqualTo(PosixFilePermissions.fromString(mode));
  }

  /** Seals requests of one minion that claim to come from another. */
  private record Forger(MinionChannel own) {
    Object send(AttackedMaster master, String command, String claimed) {
      Crypticle session = own.credentials().orElseThrow().session().orElseThrow();
      Map<String, Object> load = new LinkedHashMap<>();
      load.put("cmd", command);
      load.put("id", claimed);
      load.put("nonce", "0".repeat(32));
      load.put("ts", Instant.now().getEpochSecond());
      load.put("tok", Bytes.wrap(new byte[256]));
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("enc", "aes");
      body.put("load", Bytes.wrap(session.seal(load)));
      body.put("version", 3L);
      body.put("id", "web1");
      return MessagePack.unpack(master.send(MessagePack.NETWORK.pack(body)));
    }
  }
}
