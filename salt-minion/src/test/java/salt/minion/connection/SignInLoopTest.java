package salt.minion.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import salt.common.channel.SignInResult;
import salt.common.config.ConfigException;
import salt.common.config.Options;
import salt.common.crypto.CryptoException;
import salt.common.transport.Transport;
import salt.common.transport.TransportException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignInLoopTest {
  private static final SignInResult ACCEPTED =
      new SignInResult.Accepted(null, Optional.empty(), 4505, null);

  private final List<Duration> waits = new ArrayList<>();

  private static Options options(Map<String, Object> changed) {
    Map<String, Object> all = new HashMap<>();
    all.put("id", "m1");
    all.put("acceptance_wait_time", 10L);
    all.put("acceptance_wait_time_max", 0L);
    all.put("rejected_retry", false);
    all.put("master_port", 4506L);
    all.put("publish_port", 4506L);
    all.put("retry_dns", 30L);
    all.putAll(changed);
    return Options.of(all);
  }

  @SafeVarargs
  private SignInLoop.End run(Options options, Supplier<SignInResult>... answers)
      throws InterruptedException {
    Queue<Supplier<SignInResult>> left = new ArrayDeque<>();
    for (Supplier<SignInResult> answer : answers) {
      left.add(answer);
    }
    SignInLoop loop =
        new SignInLoop(
            options,
            "master",
            time -> {
              waits.add(time);
              return left.isEmpty();
            });
    return loop.run(() -> left.remove().get());
  }

  private static Supplier<SignInResult> always(SignInResult result) {
    return () -> result;
  }

  private static List<Duration> seconds(int... seconds) {
    List<Duration> all = new ArrayList<>();
    for (int one : seconds) {
      all.add(Duration.ofSeconds(one));
    }
    return all;
  }

  @Test
  void an_accepted_minion_goes_on_at_once() throws InterruptedException {
    SignInLoop.End end = run(options(Map.of()), always(ACCEPTED));
    assertThat(end.accepted()).isPresent();
    assertThat(end.exitCode()).isZero();
    assertThat(waits).isEmpty();
  }

  @Test
  void a_minion_waits_the_same_time_until_it_is_accepted() throws InterruptedException {
    Supplier<SignInResult> pending = always(new SignInResult.Pending());
    run(options(Map.of()), pending, pending, always(new SignInResult.Full()), always(ACCEPTED));
    assertThat(waits).isEqualTo(seconds(10, 10, 10));
  }

  @Test
  void the_wait_doubles_up_to_the_longest() throws InterruptedException {
    Supplier<SignInResult> pending = always(new SignInResult.Pending());
    run(
        options(Map.of("acceptance_wait_time_max", 60L)),
        pending,
        pending,
        pending,
        pending,
        pending,
        always(ACCEPTED));
    assertThat(waits).isEqualTo(seconds(10, 20, 40, 60, 60));
  }

  @Test
  void a_rejected_minion_ends_with_77() throws InterruptedException {
    SignInLoop.End end = run(options(Map.of()), always(new SignInResult.Rejected()));
    assertThat(end.exitCode()).isEqualTo(77);
    assertThat(waits).singleElement().matches(wait -> wait.toSeconds() >= 10);
  }

  @Test
  void a_rejected_minion_that_may_retry_does() throws InterruptedException {
    SignInLoop.End end =
        run(
            options(Map.of("rejected_retry", true)),
            always(new SignInResult.Rejected()),
            always(ACCEPTED));
    assertThat(end.accepted()).isPresent();
    assertThat(end.exitCode()).isZero();
  }

  @Test
  void a_master_without_the_wanted_fingerprint_ends_the_minion_with_42()
      throws InterruptedException {
    SignInLoop.End end =
        run(
            options(Map.of()),
            always(new SignInResult.Refused(SignInResult.Why.FINGERPRINT, "another")));
    assertThat(end.exitCode()).isEqualTo(42);
  }

  @ParameterizedTest
  @EnumSource(value = SignInResult.Why.class, names = "FINGERPRINT", mode = EnumSource.Mode.EXCLUDE)
  void no_other_bad_answer_ends_a_minion(SignInResult.Why why) throws InterruptedException {
    SignInLoop.End end =
        run(options(Map.of()), always(new SignInResult.Refused(why, "bad")), always(ACCEPTED));
    assertThat(end.accepted()).isPresent();
  }

  @Test
  void a_master_that_does_not_answer_is_asked_again() throws InterruptedException {
    Supplier<SignInResult> silent =
        () -> {
          throw new TransportException("no reply");
        };
    Supplier<SignInResult> broken =
        () -> {
          throw new CryptoException(CryptoException.Reason.BAD_KEY, "minion_master.pub is broken");
        };
    assertThat(run(options(Map.of()), silent, broken, always(ACCEPTED)).accepted()).isPresent();
    assertThat(waits).hasSize(2);
  }

  @Test
  void closing_ends_the_waiting() throws InterruptedException {
    SignInLoop.End end = run(options(Map.of()), always(new SignInResult.Pending()));
    assertThat(end.accepted()).isEmpty();
    assertThat(end.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "salt, salt, 4506",
    "salt:4606, salt, 4606",
    "192.0.2.1:14506, 192.0.2.1, 14506",
    "::1, ::1, 4506",
    "fe80::a00:27ff:fedc:ba98, fe80::a00:27ff:fedc:ba98, 4506",
    "[::1], ::1, 4506",
    "[2001:db8::1]:4506, 2001:db8::1, 4506",
    "' salt ', salt, 4506",
  })
  void an_entry_is_host_and_port(String entry, String host, int port) {
    MasterAddress address = MasterAddress.parse(entry, options(Map.of()));
    assertThat(address.requests()).isEqualTo(new Transport.Address(host, port));
    assertThat(address.name()).isEqualTo(entry);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "salt:0", "salt:65536", "[::1]:123456789012"})
  void a_wrong_entry_is_refused(String entry) {
    assertThatThrownBy(() -> MasterAddress.parse(entry, options(Map.of())))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("option master: ");
  }

  @Test
  void the_publish_port_is_the_masters_unless_configured() {
    MasterAddress address = MasterAddress.parse("salt", options(Map.of()));
    assertThat(address.publications(options(Map.of()), 4505).port()).isEqualTo(4505);
    Map<String, Object> unset = new HashMap<>();
    unset.put("publish_port", null);
    assertThat(address.publications(options(unset), 4505).port()).isEqualTo(4505);
    assertThat(address.publications(options(Map.of("publish_port", 14505L)), 4505).port())
        .isEqualTo(14505);
  }

  @Test
  void a_list_of_masters_is_used_at_once_or_one_by_one() {
    Options hot = options(Map.of("master", List.of("a", "b"), "random_master", true));
    assertThat(MasterList.of(hot, new Random(1)).failover()).isFalse();
    assertThat(names(hot)).containsExactly("a", "b");
    Options one = hot.with("master_type", "failover").with("random_master", false);
    assertThat(MasterList.of(one, new Random(1)).failover()).isTrue();
    assertThat(names(one)).containsExactly("a", "b");
  }

  @Test
  void masters_to_fail_over_to_can_be_shuffled_all_but_the_one_to_return_to() {
    List<String> masters = List.of("a", "b", "c", "d", "e", "f");
    Options options =
        options(Map.of("master", masters, "master_type", "failover", "random_master", true));
    assertThat(names(options)).containsExactlyInAnyOrderElementsOf(masters).isNotEqualTo(masters);
    List<String> kept = names(options.with("master_failback", true));
    assertThat(kept).containsExactlyInAnyOrderElementsOf(masters).isNotEqualTo(masters);
    assertThat(kept.get(0)).isEqualTo("a");
  }

  @Test
  void salt_call_asks_the_masters_in_order_unless_they_are_to_be_shuffled() {
    List<String> masters = List.of("a", "b", "c", "d", "e", "f");
    Options options = options(Map.of("master", masters));
    assertThat(MasterList.forOneCall(options, new Random(1)))
        .extracting(MasterAddress::name)
        .isEqualTo(masters);
    assertThat(MasterList.forOneCall(options.with("random_master", true), new Random(1)))
        .extracting(MasterAddress::name)
        .containsExactlyInAnyOrderElementsOf(masters)
        .isNotEqualTo(masters);
  }

  private static List<String> names(Options options) {
    return MasterList.of(options, new Random(1)).masters().stream()
        .map(MasterAddress::name)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "func", "distributed", "other"})
  void other_types_of_master_are_refused(String type) {
    Options options = options(Map.of("master", "salt", "master_type", type));
    assertThatThrownBy(() -> MasterList.of(options, new Random(1)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("option master_type: ")
        .hasMessageContaining(type);
  }

  @Test
  void a_name_is_looked_up_until_it_is_known() throws InterruptedException {
    Queue<Boolean> known = new ArrayDeque<>(List.of(false, false, true));
    assertThat(lookup(Map.of(), known)).isTrue();
    assertThat(waits).isEqualTo(seconds(30, 30));
  }

  @Test
  void a_name_is_looked_up_as_often_as_allowed() throws InterruptedException {
    Queue<Boolean> known = new ArrayDeque<>(List.of(false, false, false, true));
    assertThat(lookup(Map.of("retry_dns_count", 2L), known)).isFalse();
    assertThat(waits).hasSize(2);
  }

  @Test
  void without_retries_the_sign_in_finds_out() throws InterruptedException {
    assertThat(lookup(Map.of("retry_dns", 0L), new ArrayDeque<>())).isTrue();
    assertThat(waits).isEmpty();
  }

  private boolean lookup(Map<String, Object> changed, Queue<Boolean> known)
      throws InterruptedException {
    NameLookup lookup =
        new NameLookup(
            options(changed),
            host -> {
              if (!known.remove()) {
                throw new UnknownHostException(host);
              }
              return host;
            },
            time -> !waits.add(time));
    return lookup.await("salt.example");
  }
}
