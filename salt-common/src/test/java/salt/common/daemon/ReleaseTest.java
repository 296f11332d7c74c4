package salt.common.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseTest {
  @Test
  void the_release_is_the_one_that_the_build_is_for() {
    assertThat(Release.SALT).isEqualTo(Release.filled().getProperty("salt.release"));
    assertThat(Release.NAME).isEqualTo(Release.filled().getProperty("salt.releaseName"));
  }

  @Test
  void the_build_fills_in_the_versions_of_product_and_libraries() {
    assertThat(Release.product()).matches("[0-9].*");
    assertThat(Release.libraries()).containsKey("JeroMQ");
    assertThat(Release.libraries().values()).allMatch(version -> version.matches("[0-9].*"));
  }
}
