package salt.minion.grain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import salt.common.config.Options;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GrainsTest {
  @TempDir private Path root;

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file.substring(1));
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private Map<String, Object> collect(Map<String, Object> options) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("id", "web1");
    all.put("enable_fqdns_grains", false);
    all.putAll(options);
    return new Grains(Options.of(all), new Machine(root, Map.of("PATH", "/bin"))).collect();
  }

  @Test
  void static_grains_win_over_found_ones_and_the_option_over_the_file() throws IOException {
    write("/etc/salt/grains", "kernel: mine\nrole: file\nnest: {a: 1}\n");
    Map<String, Object> options =
        Map.of(
            "conf_file",
            "/etc/salt/minion",
            "grains",
            Map.of("role", "option", "nest", Map.of("b", 2L)));
    Map<String, Object> grains = collect(options);
    assertThat(grains)
        .containsEntry("kernel", "mine")
        .containsEntry("role", "option")
        .containsEntry("nest", Map.of("b", 2L));
    Map<String, Object> deep = new LinkedHashMap<>(options);
    deep.put("grains_deep_merge", true);
    assertThat(collect(deep)).containsEntry("nest", Map.of("a", 1L, "b", 2L));
  }

  @Test
  void the_blacklist_takes_grains_away_but_not_those_of_the_option() throws IOException {
    write("/etc/salt/grains", "cpu_note: x\n");
    assertThat(
            collect(
                Map.of(
                    "conf_file", "/etc/salt/minion",
                    "grains_blacklist", List.of("cpu*", "ip._interfaces"),
                    "grains", Map.of("cpu_mine", 1L))))
        .containsKeys("cpu_mine", "num_cpus", "ip_interfaces")
        .doesNotContainKeys("cpu_model", "cpu_flags", "cpu_note", "ip4_interfaces");
  }

  @Test
  void a_grains_file_that_is_not_yaml_is_left_out() throws IOException {
    write("/etc/salt/grains", "a: [\n");
    assertThat(collect(Map.of("conf_file", "/etc/salt/minion"))).doesNotContainKey("a");
  }

  @Test
  void gateways_are_read_from_the_routes_with_the_least_metric() throws IOException {
    write(
        "/proc/net/route",
        """
        Iface	Destination	Gateway	Flags	RefCnt	Use	Metric	Mask	MTU	Window	IRTT
        eth1	00000000	0200A8C0	0003	0	0	200	00000000	0	0	0
        eth0	00000000	0100A8C0	0003	0	0	100	00000000	0	0	0
        """);
    assertThat(collect(Map.of()))
        .containsEntry("ip_gw", true)
        .containsEntry("ip4_gw", "192.168.0.1")
        .containsEntry("ip6_gw", false);
  }

  @Test
  void name_servers_are_those_of_systemd_where_it_resolves() throws IOException {
    write("/etc/resolv.conf", "nameserver 127.0.0.53\n");
    write(
        "/run/systemd/resolve/resolv.conf",
        "nameserver 192.0.2.1 # one\nnameserver fd00::1\nsearch a.example b.example\n");
    assertThat(((Map<?, ?>) collect(Map.of()).get("dns")).get("ip6_nameservers"))
        .isEqualTo(List.of("fd00::1"));
    assertThat(((Map<?, ?>) collect(Map.of()).get("dns")).get("search"))
        .isEqualTo(List.of("a.example", "b.example"));
  }

  @Test
  void the_full_name_is_the_first_of_its_line_in_the_hosts_file() throws IOException {
    write("/proc/sys/kernel/hostname", "web1\n");
    write("/etc/hosts", "127.0.0.1 localhost\n127.0.1.1 web1.example.com web1\n");
    assertThat(collect(Map.of()))
        .containsEntry("fqdn", "web1.example.com")
        .containsEntry("host", "web1")
        .containsEntry("domain", "example.com")
        .containsEntry("localhost", "web1");
  }

  @Test
  void firmware_tells_the_machine() throws IOException {
    write("/sys/class/dmi/id/sys_vendor", "QEMU\n");
    write("/sys/class/dmi/id/product_uuid", "4C4C4544-0032-3010-8048-B7C04F4D3432\n");
    assertThat(collect(Map.of()))
        .containsEntry("manufacturer", "QEMU")
        .containsEntry("virtual", "kvm")
        .containsEntry("uuid", "4c4c4544-0032-3010-8048-b7c04f4d3432");
  }

  @Test
  void a_container_is_told_by_what_started_it() throws IOException {
    write("/proc/1/environ", "HOME=/\0container=lxc\0");
    assertThat(collect(Map.of()))
        .containsEntry("virtual", "container")
        .containsEntry("virtual_subtype", "LXC");
  }

  @Test
  void addresses_are_written_in_their_shortest_form() {
    assertThat(Interfaces.text(Interfaces.address("fe8000000000000000fc00fffe000001")))
        .isEqualTo("fe80::fc:ff:fe00:1");
    assertThat(Interfaces.text(Interfaces.address("00000000000000000000000000000001")))
        .isEqualTo("::1");
    assertThat(Interfaces.text(Interfaces.address("20010db8000000010000000000000000")))
        .isEqualTo("2001:db8:0:1::");
    assertThat(Interfaces.text(Interfaces.address("20010db8000000010002000300040005")))
        .isEqualTo("2001:db8:0:1:2:3:4:5");
  }

  @Test
  void this_machine_is_known_without_an_installation() {
    Map<String, Object> grains =
        new Grains(Options.of(Map.of("id", "m1", "enable_fqdns_grains", false))).collect();
    assertThat(grains)
        .containsEntry("id", "m1")
        .containsEntry("server_id", 890885657L)
        .containsEntry("kernel", "Linux")
        .containsEntry("saltversioninfo", List.of(3006L, 28L))
        .containsKeys("os", "os_family", "mem_total", "ip4_interfaces", "pid", "init");
  }
}
