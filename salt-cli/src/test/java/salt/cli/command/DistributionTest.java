package salt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DistributionTest {
  @Test
  void bin_has_exactly_the_programs_that_do_something() throws Exception {
    Set<String> shipped = new TreeSet<>();
    try (Stream<Path> programs = Files.list(Path.of("src/main/dist/bin"))) {
      programs.forEach(program -> shipped.add(program.getFileName().toString()));
    }
    Matcher excluded =
        Pattern.compile("<exclude>(salt[a-z-]*)</exclude>")
            .matcher(Files.readString(Path.of("src/main/assembly/content.xml")));
    while (excluded.find()) {
      shipped.remove(excluded.group(1));
    }
    assertThat(shipped).isEqualTo(new TreeSet<>(Programs.names()));
  }

  @Test
  void each_launcher_starts_the_program_it_is_named_after() throws Exception {
    try (Stream<Path> programs = Files.list(Path.of("src/main/dist/bin"))) {
      for (Path program : programs.toList()) {
        assertThat(program)
            .content()
            .startsWith("#!/bin/sh\n")
            .contains("\nprogram=" + program.getFileName() + "\n");
        assertThat(program).isExecutable();
      }
    }
  }
}
