package salt.minion.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CatalogTest {
  private final FixedMinion minion = new FixedMinion(Map.of(), Map.of(), Map.of());

  @Test
  void a_schema_allows_any_scalar_for_each_argument() {
    List<Object> schemas = new Catalog(minion.functions()).schemas("test.rand_str");
    assertThat(schemas).hasSize(1);
    Map<?, ?> schema = (Map<?, ?>) schemas.get(0);
    assertThat(schema.get("title")).isEqualTo("test.rand_str");
    assertThat(schema.get("x-ordering")).isEqualTo(List.of("size", "hash_type"));
    Map<?, ?> properties = (Map<?, ?>) schema.get("properties");
    List<?> sizes = (List<?>) ((Map<?, ?>) properties.get("size")).get("oneOf");
    assertThat(sizes).hasSize(4);
    assertThat(sizes.get(0))
        .isEqualTo(
            Map.of(
                "type", "boolean", "title", "size", "description", "size", "default", 9999999999L));
    assertThat(properties.get("hash_type").toString()).doesNotContain("default");
  }

  @Test
  void a_kind_that_nothing_is_declared_of_has_nothing_to_list() {
    assertThat(minion.call("sys.list_state_modules", List.of("f*"), Map.of())).isEqualTo(List.of());
    assertThat(minion.call("sys.state_schema", List.of(), Map.of())).isEqualTo(List.of());
    assertThat(minion.call("sys.returner_argspec", List.of(), Map.of())).isEqualTo(Map.of());
    assertThat(minion.call("sys.renderer_doc", List.of("yaml"), Map.of())).isEqualTo(Map.of());
  }
}
