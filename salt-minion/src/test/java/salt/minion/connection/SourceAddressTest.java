package salt.minion.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import salt.common.config.ConfigException;
import salt.common.config.Options;
import salt.common.transport.SocketOptions;

/** Where a minion's connections leave from. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class SourceAddressTest {
  private static final Options NONE = Options.of(Map.of());

  @Test
  void without_options_the_system_chooses() {
    assertThat(SourceAddress.find(NONE)).isEmpty();
    assertThat(MinionSockets.ofPublications(NONE, SocketOptions.DEFAULT))
        .isEqualTo(SocketOptions.DEFAULT);
  }

  @Test
  void an_address_is_taken_and_a_device_goes_before_it() {
    Options address = NONE.with("source_address", "127.0.0.9");
    assertThat(SourceAddress.find(address).orElseThrow().getHostAddress()).isEqualTo("127.0.0.9");
    assertThat(
            SourceAddress.find(address.with("source_interface_name", "lo"))
                .orElseThrow()
                .getHostAddress())
        .isEqualTo("127.0.0.1");
  }

  @Test
  void a_device_that_is_not_there_is_passed_over() {
    assertThat(SourceAddress.find(NONE.with("source_interface_name", "none0"))).isEmpty();
  }

  @Test
  void an_address_of_another_kind_is_an_error() {
    assertThatThrownBy(() -> SourceAddress.find(NONE.with("source_address", "::1")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("source_address: ::1 is no IPv4 address");
  }

  @Test
  void publications_may_come_to_a_port_of_our_choice() {
    Options port = NONE.with("source_publish_port", 4000L);
    assertThat(MinionSockets.ofPublications(port, SocketOptions.DEFAULT).source())
        .contains(new InetSocketAddress(4000));
    SocketOptions bound = SocketOptions.DEFAULT.leavingFrom(new InetSocketAddress("127.0.0.9", 0));
    assertThat(MinionSockets.ofPublications(port, bound).source())
        .contains(new InetSocketAddress("127.0.0.9", 4000));
  }
}
