package salt.common.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PythonLogFormatTest {
  private static final LogLine LINE =
      new LogLine(
          LogLevel.WARNING,
          "salt.master",
          "100% done",
          LocalDateTime.of(2024, 3, 5, 7, 8, 9, 45_000_000)
              .atZone(ZoneId.systemDefault())
              .toInstant(),
          "main",
          "2024",
          () -> new StackTraceElement("salt.master.Worker", "run", "Worker.java", 12));

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "[%(levelname)-8s] %(message)s~[WARNING ] 100% done",
        "%(asctime)s,%(msecs)03d~2024-03-05 07:08:09,045",
        "[%(name)-17s:%(lineno)-4d]~[salt.master      :12  ]",
        "%(name)20s|~         salt.master|",
        "%(name).4s~salt",
        "%%%(levelno)d~%30",
        "%(filename)s %(funcName)s %(module)s~Worker.java run Worker",
        "%(bracketname)s%(bracketlevel)s~[salt.master      ][WARNING ]",
        "%(jid)s~[JID: 2024]",
        "%(colormsg)s~\u001b[33m100% done\u001b[0m"
      })
  void a_format_is_filled_in_as_python_does(String format, String expected) {
    PythonLogFormat compiled = new PythonLogFormat(format, "%Y-%m-%d %H:%M:%S", "[JID: %(jid)s]");
    assertThat(compiled.format(LINE)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "%d/%b/%y %I:%M %p~05/Mar/24 07:08 AM",
        "%j %a %A %e~065 Tue Tuesday  5",
        "%F %T 100%%~2024-03-05 07:08:09 100%"
      })
  void dates_follow_strftime(String dates, String expected) {
    assertThat(new PythonLogFormat("%(asctime)s", dates, "").format(LINE)).isEqualTo(expected);
  }

  @Test
  void a_field_that_does_not_exist_is_named() {
    assertThatThrownBy(() -> new PythonLogFormat("%(levlname)s", "%H", ""))
        .hasMessage("unknown field %(levlname)s");
    assertThatThrownBy(() -> new PythonLogFormat("%(name) tail", "%H", ""))
        .hasMessage("not a placeholder: %(name) tail");
    assertThatThrownBy(() -> new PythonLogFormat("%(asctime)s", "%Q", ""))
        .hasMessage("unknown date directive %Q");
  }
}
