package salt.minion.module;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import salt.common.loader.Call;
import salt.minion.process.Command;
import salt.minion.process.Executables;
import salt.minion.process.Finished;
import salt.minion.process.LaunchFailure;
import salt.minion.process.ProcessRunner;
import salt.minion.process.TextDecoding;

/** Asks shells and script languages for their versions. */
final class ShellVersions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern NUMBER = Pattern.compile("^\\d[\\d.]*");
  private static final Map<String, Question> QUESTIONS =
      Map.of(
          "bash", new Question("version (\\d\\S*)", "bash", "--version"),
          "zsh", new Question("^zsh (\\d\\S*)", "zsh", "--version"),
          "tcsh", new Question("^tcsh (\\d\\S*)", "tcsh", "--version"),
          "perl", new Question("^(\\d\\S*)", "perl", "-e", "printf \"%vd\\n\", $^V;"),
          "python", new Question("^Python (\\d\\S*)", "python", "-V"),
          "ruby", new Question("^ruby (\\d\\S*)", "ruby", "-v"),
          "php", new Question("^PHP (\\d\\S*)", "php", "-v"));

  private final ProcessRunner processes;

  ShellVersions(ProcessRunner processes) {
    this.processes = processes;
  }

  private record Question(Pattern answer, List<String> command) {
    Question(String answer, String... command) {
      this(Pattern.compile(answer, Pattern.CASE_INSENSITIVE), List.of(command));
    }
  }

  Map<String, Object> ask(String shell, Call call) {
    Question question = QUESTIONS.get(shell);
    if (question == null) {
      return failure("Salt does not know how to get the version number for " + shell, null);
    }
    String line = String.join(" ", question.command());
    Finished finished;
    try {
      finished =
          processes.run(
              Command.of(question.command().toArray(String[]::new)).within(PATIENCE), call);
    } catch (LaunchFailure e) {
      return failure("Unable to run command '" + line + "' Reason: " + e.getMessage(), false);
    }
    if (finished.timedOut()) {
      return failure("Unable to run command '" + line + "' Reason: Timed out.", false);
    }
    String program = Executables.which(question.command().get(0)).orElse(null);
    String output = TextDecoding.utf8(finished.stdout()) + TextDecoding.utf8(finished.stderr());
    return answer(shell, program, question.answer().matcher(output), output);
  }

  private static Map<String, Object> answer(
      String shell, String program, Matcher found, String output) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("installed", null);
    answer.put("path", program);
    if (found.find()) {
      String raw = found.group(1);
      answer.put("version_raw", raw);
      Matcher number = NUMBER.matcher(raw);
      if (number.find()) {
        answer.put("installed", true);
        answer.put("version", shortened(number.group()));
        return answer;
      }
    }
    answer.put(
        "error",
        "The version regex pattern for shell " + shell + ", could not find the version string");
    answer.put("stdout", output);
    return answer;
  }

  private static String shortened(String number) {
    List<String> parts = List.of(number.split("\\.", -1));
    return parts.size() == 1
        ? number + ".0"
        : String.join(".", parts.subList(0, Math.min(3, parts.size())));
  }

  private static Map<String, Object> failure(String error, Boolean installed) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("error", error);
    failure.put("installed", installed);
    return failure;
  }
}
