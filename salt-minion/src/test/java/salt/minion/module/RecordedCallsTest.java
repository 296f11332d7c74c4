package salt.minion.module;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordedCallsTest {
  /** Listed in {@code docs/conformance-modules.md}, with reasons. */
  private static final Set<String> SYS_LISTED =
      Set.of(
          "sys-002-sys_argspec",
          "sys-004-sys_argspec",
          "sys-005-sys_argspec",
          "sys-008-sys_argspec",
          "sys-010-sys_argspec",
          "sys-011-sys_state_argspec",
          "sys-012-sys_state_argspec",
          "sys-013-sys_state_argspec",
          "sys-015-sys_state_argspec",
          "sys-016-sys_list_state_functions",
          "sys-017-sys_list_state_functions",
          "sys-018-sys_list_state_functions",
          "sys-020-sys_list_functions",
          "sys-021-sys_list_functions",
          "sys-022-sys_list_functions",
          "sys-023-sys_list_functions",
          "sys-024-sys_list_functions",
          "sys-025-sys_list_functions",
          "sys-030-sys_list_state_modules",
          "sys-031-sys_list_renderers",
          "sys-032-sys_list_returners",
          "sys-033-sys_list_runners");

  @TestFactory
  Stream<DynamicTest> the_module_test_answers_as_recorded() throws IOException {
    return new RecordedCalls("test").but(Set.of());
  }

  @TestFactory
  Stream<DynamicTest> the_module_sys_answers_as_recorded() throws IOException {
    return new RecordedCalls("sys").but(SYS_LISTED);
  }

  @TestFactory
  Stream<DynamicTest> the_module_config_answers_as_recorded() throws IOException {
    return new RecordedCalls("config").but(Set.of());
  }

  @TestFactory
  Stream<DynamicTest> the_module_grains_answers_as_recorded() throws IOException {
    return new RecordedCalls("grains").but(Set.of());
  }

  @TestFactory
  Stream<DynamicTest> grains_and_settings_are_looked_up_chosen_and_merged_as_recorded()
      throws IOException {
    return new RecordedCalls("lookups").but(Set.of());
  }

  @TestFactory
  Stream<DynamicTest> exceptions_are_made_by_name_as_recorded() throws IOException {
    return new RecordedCalls("raising").but(Set.of());
  }
}
