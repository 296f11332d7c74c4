package salt.master.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import salt.common.channel.MessageSignature;
import salt.common.config.ConfigException;
import salt.common.config.Options;
import salt.common.crypto.RsaPrivateKey;
import salt.common.crypto.SigningAlgorithm;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignedMessagesTest {
  private static final Options NEITHER = Options.of(Map.of());
  private static final Options REQUIRED = NEITHER.with("require_minion_sign_messages", true);
  private static final Options DROPPED = NEITHER.with("drop_messages_signature_fail", true);
  private static final RsaPrivateKey KEY = RsaPrivateKey.generate(2048);
  private static final RsaPrivateKey ANOTHER = RsaPrivateKey.generate(2048);

  private static boolean admits(Options options, Map<?, ?> load) {
    return new SignedMessages(options, id -> Optional.of(KEY.publicKey())).admits("web1", load);
  }

  private static Map<Object, Object> unsigned() {
    Map<Object, Object> load = new LinkedHashMap<>();
    load.put("cmd", "_return");
    load.put("id", "web1");
    load.put("return", true);
    return load;
  }

  private static Map<Object, Object> signed(RsaPrivateKey key, SigningAlgorithm algorithm) {
    Map<Object, Object> load = unsigned();
    load.put("sig", MessageSignature.sign(load, key, algorithm));
    return load;
  }

  private static Map<Object, Object> signed(RsaPrivateKey key) {
    return signed(key, SigningAlgorithm.PKCS1V15_SHA1);
  }

  @Test
  void a_good_signature_is_taken_whatever_the_options() {
    assertThat(admits(NEITHER, signed(KEY))).isTrue();
    assertThat(admits(REQUIRED, signed(KEY))).isTrue();
    assertThat(admits(DROPPED, signed(KEY))).isTrue();
  }

  @Test
  void a_missing_signature_is_refused_only_where_one_is_required() {
    assertThat(admits(NEITHER, unsigned())).isTrue();
    assertThat(admits(DROPPED, unsigned())).isTrue();
    assertThat(admits(REQUIRED, unsigned())).isFalse();
  }

  @Test
  void a_wrong_signature_is_refused_only_where_such_are_dropped() {
    assertThat(admits(NEITHER, signed(ANOTHER))).isTrue();
    assertThat(admits(REQUIRED, signed(ANOTHER))).isTrue();
    assertThat(admits(DROPPED, signed(ANOTHER))).isFalse();
  }

  @Test
  void a_signature_under_another_return_is_wrong() {
    Map<Object, Object> load = signed(KEY);
    load.put("return", false);
    assertThat(admits(DROPPED, load)).isFalse();
    load.put("sig", 5L);
    assertThat(admits(DROPPED, load)).isFalse();
  }

  @Test
  void the_algorithm_may_be_configured() {
    Options other = DROPPED.with("signing_algorithm", "PKCS1v15-SHA224");
    assertThat(admits(other, signed(KEY, SigningAlgorithm.PKCS1V15_SHA224))).isTrue();
    assertThat(admits(other, signed(KEY))).isFalse();
    assertThatThrownBy(() -> admits(DROPPED.with("signing_algorithm", "none"), unsigned()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("signing_algorithm: there is no none");
  }
}
